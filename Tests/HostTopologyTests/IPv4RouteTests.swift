import Testing
import Values

@testable import HostTopology

@Suite struct IPv4RouteTests {
    @Test func routesAreReadButNotThoseToEverywhere() {
        let table = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0
            tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0
            virbr0\t007AA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0

            """
        #expect(IPv4Route.read(table).map { "\($0.network) \($0.interface)" } == ["192.168.122.0/24 virbr0"])
    }
}
