import Linux
import TestSupport
import Testing
import Values

@Suite struct RoutingTablesTests {
    private func attribute(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [UInt8(value.count + 4), 0, type, 0] + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }

    private func tables(_ messages: [NetlinkMessage]) -> RoutingTables {
        RoutingTables(messages + [link(1, "lo"), link(2, "eth0"), link(3, "eth1")])
    }

    private func link(_ index: UInt8, _ name: String) -> NetlinkMessage {
        let flags = [UInt8](repeating: 0, count: 8)
        return NetlinkMessage(
            type: 16, payload: [0, 0, 1, 0, index, 0, 0, 0] + flags + attribute(3, Array(name.utf8) + [0]))
    }

    private func address(_ family: UInt8, _ length: UInt8, _ index: UInt8, _ attributes: [UInt8]) -> NetlinkMessage {
        NetlinkMessage(type: 20, payload: [family, length, 0, 0, index, 0, 0, 0] + attributes)
    }

    private func route(
        _ family: UInt8, _ length: UInt8, table: UInt8, type: UInt8 = 1, flags: UInt8 = 0, _ attributes: [UInt8]
    ) -> NetlinkMessage {
        NetlinkMessage(type: 24, payload: [family, length, 0, 0, table, 3, 0, type, 0, flags, 0, 0] + attributes)
    }

    @Test func addresses() {
        let global: [UInt8] = [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [5]
        let found = tables([
            // A point-to-point link: its own address is IFA_LOCAL.
            address(2, 32, 2, attribute(1, [192, 0, 2, 1]) + attribute(2, [192, 0, 2, 5])),
            address(10, 64, 3, attribute(1, global)),
            address(10, 64, 3, attribute(1, [0xfe, 0x80] + [UInt8](repeating: 1, count: 14))),
            address(2, 16, 3, attribute(2, [169, 254, 1, 1])),
            address(2, 8, 1, attribute(2, [127, 0, 0, 1])),
            // Of an interface that was removed since.
            address(2, 24, 9, attribute(2, [192, 0, 2, 9])),
        ])
        #expect(found.addresses == [.init("192.0.2.5/32", of: "eth0"), .init("2001:db8::5/64", of: "eth1")])
    }

    @Test func routesOfEveryTable() {
        let hops: [UInt8] = [8, 0, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0] + attribute(5, [192, 0, 2, 1])
        let found = tables([
            route(2, 0, table: 254, attribute(5, [192, 0, 2, 1]) + attribute(4, [2, 0, 0, 0])),
            route(
                2, 24, table: 100,
                attribute(15, [100, 0, 0, 0]) + attribute(1, [198, 51, 100, 0]) + attribute(4, [3, 0, 0, 0])),
            // A table beyond the byte of the header, and two next hops.
            route(2, 8, table: 252, attribute(15, [0, 4, 0, 0]) + attribute(1, [10, 0, 0, 0]) + attribute(9, hops)),
            // A local address, a blackhole without an interface, a cached route, link-local,
            // multicast, loopback.
            route(2, 32, table: 255, type: 2, attribute(1, [192, 0, 2, 5]) + attribute(4, [2, 0, 0, 0])),
            route(2, 0, table: 254, type: 6, []), route(10, 0, table: 254, flags: 2, attribute(4, [2, 0, 0, 0])),
            route(
                10, 64, table: 254,
                attribute(1, [0xfe, 0x80] + [UInt8](repeating: 0, count: 14)) + attribute(4, [2, 0, 0, 0])),
            route(
                10, 8, table: 255,
                attribute(1, [0xff] + [UInt8](repeating: 0, count: 15)) + attribute(4, [2, 0, 0, 0])),
            route(2, 0, table: 254, attribute(4, [1, 0, 0, 0])),
        ])
        #expect(
            found.routes == [
                .init(to: "default", table: 254, through: "eth0"),
                .init(to: "198.51.100.0/24", table: 100, through: "eth1"),
                .init(to: "10.0.0.0/8", table: 1024, through: "eth0"),
                .init(to: "10.0.0.0/8", table: 1024, through: "eth1"),
            ])
    }

    @Test func messagesThatAreCutShort() {
        let found = tables([
            NetlinkMessage(type: 20, payload: [2, 24]), NetlinkMessage(type: 24, payload: []),
            route(2, 24, table: 254, [200, 0, 1, 0, 1]),
            address(2, 24, 2, attribute(1, [1, 2])), route(2, 0, table: 254, attribute(9, [2, 0, 0])),
            NetlinkMessage(type: 16, payload: [0, 0, 1]),
        ])
        #expect(found.addresses.isEmpty && found.routes.isEmpty)
    }

    @Test func aRouteToANetworksAddressesIsFoundButNoneToNearlyEverywhere() throws {
        let table = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0
            tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0
            virbr0\t007AA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0

            """
        let tree = try Tree(["/proc/net/route": table])
        let tables = RoutingTables(files: tree.root)
        let network = try #require(IPv4Interface("192.168.122.9/28"))
        let route = RoutingTables.Route(to: "192.168.122.0/24", table: 254, through: "virbr0")
        #expect(tables.route(overlapping: network, besides: "virbr-pvp") == route)
        #expect(tables.route(overlapping: network, besides: "virbr0") == nil)
        #expect(tables.route(overlapping: try #require(IPv4Interface("192.168.200.1/24")), besides: "virbr-pvp") == nil)
    }

    /// What `/proc/net/route` shows of the main table is part of what the kernel answers.
    @Test func theMachineAnswers() throws {
        let found = try RoutingTables.ofMachine()
        let lines = try Root.machine.text("/proc/net/route").split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t")
        }
        for line in lines where line[0] != "lo" && !line[1].hasSuffix("FEA9") {
            #expect(found.routes.contains { $0.interface == line[0] && $0.table == 254 }, "\(line) in \(found)")
        }
    }
}
