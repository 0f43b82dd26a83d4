import Testing

@testable import HostTopology

@Suite struct IPv4Tests {
    @Test(arguments: ["0.0.0.0", "192.168.200.1", "255.255.255.255"]) func anAddressIsReadAndWritten(_ text: String) {
        #expect(IPv4Address(text)?.description == text)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.+4", "1.2.3.4 ", "a.b.c.d", "1..2.3"])
    func whatIsNoAddressIsRefused(_ text: String) { #expect(IPv4Address(text) == nil) }

    @Test func aNetworkHasPlaceBetweenItsEnds() throws {
        let own = try #require(IPv4Interface("10.1.2.3/30"))
        #expect("\(own.network) \(own.broadcast) \(own)" == "10.1.2.0 10.1.2.3 10.1.2.3/30")
        #expect([0, 1, 2, 3, 4].filter { own.hasPlace(for: IPv4Address(own.network.value + $0)) } == [1, 2])
        #expect(IPv4Interface("10.1.2.3/33") == nil && IPv4Interface("10.1.2.3") == nil && IPv4Interface("10.1.2.3/08") == nil)
    }

    @Test func networksOverlapWhenOneHoldsTheOther() throws {
        let wide = try #require(IPv4Interface("192.168.0.0/16"))
        let narrow = try #require(IPv4Interface("192.168.200.1/24"))
        let beside = try #require(IPv4Interface("192.168.201.0/24"))
        #expect(wide.overlaps(narrow) && narrow.overlaps(wide) && !narrow.overlaps(beside) && !beside.overlaps(narrow))
    }

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
