import Diagnostics
import Domain
import Linux
import Testing
import Values
import XML

@testable import Plan
@testable import pvp_network

@Suite struct NetworkXMLTests {
    @Test func whatPvpgenWritesIsRead() throws {
        let plan = NetworkPlan(name: "pvp", uuid: "0-1", host: IPv4Interface(IPv4Address(0x0a00_0001), prefix: 20))
        let xml = try NetworkXML(String(decoding: plan.xml(for: []).bytes, as: UTF8.self))
        #expect(xml.name == "pvp" && xml.uuid == "0-1" && xml.addresses == [plan.host])
    }

    @Test(arguments: [
        ("<ip address=\"192.168.122.1\" netmask=\"255.255.255.0\"></ip>", "192.168.122.1/24"),
        ("<ip address='10.1.2.3'/>", "10.1.2.3/8"),
        ("<ip address='172.16.0.1'/>", "172.16.0.1/16"), ("<ip address='192.0.2.1'/>", "192.0.2.1/24"),
        ("<ip family='ipv4' address='192.0.2.1' prefix='28' localPtr='yes'/>", "192.0.2.1/28"),
    ]) func anAddressIsReadHoweverItIsWritten(_ tag: String, _ address: String) throws {
        #expect(try NetworkXML("<network><name>a</name>\(tag)</network>").addresses.map(\.description) == [address])
    }

    @Test func otherTagsAreNoAddresses() throws {
        let xml = try NetworkXML(
            "<network><ip family='ipv6' address='2001:db8::1' prefix='64'/><dhcp><host ip='10.0.0.1'/></dhcp></network>"
        )
        #expect(xml.addresses.isEmpty && xml.name.isEmpty)
    }
}

@Suite struct TakenTests {
    private let taken = NetworkConflicts(
        name: "pvp", address: IPv4Interface(IPv4Address(0xc0a8_c801), prefix: 24), bridge: "virbr-pvp")

    @Test func aNetworkOfLibvirtsWithTheSameAddressesIsNamed() throws {
        let problem = try taken.addresses(
            by: NetworkXML(
                "<network><name>mgt</name><ip address='192.168.200.1' netmask='255.255.255.0'/></network>"))
        #expect(
            problem?.line
                == "network pvp: 192.168.200.1/24 overlaps 192.168.200.1/24 of libvirt's network mgt; "
                + "set [Network] Address=, or run 'virsh net-destroy mgt'")
        #expect(
            try taken.addresses(
                by: NetworkXML("<network><name>default</name><ip address='192.168.122.1' prefix='24'/></network>"))
                == nil)
    }

    @Test func anInterfaceThatHasTheAddressesIsNamedButNotTheBridgeItself() {
        func problem(_ destination: String, _ interface: String) -> String? {
            var tables = RoutingTables()
            tables.routes = [.init(to: destination, table: 254, through: interface)]
            return taken.addresses(by: tables)?.message
        }
        #expect(
            problem("192.168.200.0/22", "eth1")
                == "network pvp: 192.168.200.1/24 overlaps 192.168.200.0/22, which is on interface eth1")
        #expect(problem("192.168.200.0/22", "virbr-pvp") == nil && problem("10.0.0.0/8", "eth0") == nil)
    }
}
