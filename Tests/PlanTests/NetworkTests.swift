import Config
import Diagnostics
import Testing
import Values

@testable import Plan

@Suite struct NetworkTests {
    private static func make(_ guests: String, network: String = "") -> (plan: Plan, codes: [String]) {
        let (plan, problems) = PlannerTests.make("[Testpmd]\nForwardingLcores=1\n\(guests)[Network]\n\(network)")
        return (plan, problems.map(\.code.rawValue))
    }

    private static func guest(_ name: String, _ settings: String = "") -> String {
        "[Guest]\nName=\(name)\nImage=/a\nVCPUs=1\nMemory=1G\n" + settings
    }

    @Test func anOnlyGuestHasTheFirstAddressAndPort2222() throws {
        let (plan, codes) = Self.make(Self.guest("a"))
        let management = try #require(plan.guests.first?.management)
        #expect(
            codes == [] && plan.guests.first?.managementAddress == "192.168.200.2" && management.sshListen == "2222")
        #expect(management.mac.description.hasPrefix("52:54:00:") && plan.network?.bridge == "virbr-pvp")
        #expect(Self.make(Self.guest("a", "SSHPort=0\n")).plan.guests.first?.management?.sshListen == nil)
    }

    @Test func guestsGetWhatIsLeftInTheirOrder() {
        let guests =
            Self.guest("a") + Self.guest("b", "Address=10.0.0.2\n") + Self.guest("c", "Network=no\n") + Self.guest("d")
        let (plan, codes) = Self.make(guests, network: "Address=10.0.0.3/29\n")
        #expect(
            plan.guests.map { $0.managementAddress ?? "-" } == ["10.0.0.1", "10.0.0.2", "-", "10.0.0.4"] && codes == [])
        #expect(plan.guests.allSatisfy { $0.management?.sshListen == nil })
    }

    @Test func aMistakeInOneGuestChangesNoOthersAddress() {
        let (plan, _) = Self.make(Self.guest("a", "Memory=1536M\n") + Self.guest("b"))
        #expect(plan.guests.map(\.managementAddress) == ["192.168.200.3"])
    }

    @Test(arguments: [
        ("Address=10.0.0.9\n", "address-outside"), ("Address=192.168.200.0\n", "address-outside"),
        ("Address=192.168.200.255\n", "address-outside"),
        ("Address=192.168.200.1\n", "address-host"), ("Address=192.168.200.9\n", "address-twice"),
        ("SSHPort=2200\n", "ssh-port-twice"),
        ("SSHPort=2200\nSSHListen=192.0.2.1\n", "ssh-port-twice"), ("MACAddress=52:54:00:00:00:01\n", "mac-twice"),
        ("Network=no\nAddress=192.168.200.7\n", "guest-network"), ("Network=no\nSSHPort=2\n", "guest-network"),
    ]) func anErrorOmitsOnlyThatGuest(_ settings: String, _ code: String) {
        let right = Self.guest("right", "Address=192.168.200.9\nSSHPort=2200\nMACAddress=52:54:00:00:00:01\n")
        let (plan, codes) = Self.make(right + Self.guest("wrong", settings))
        #expect(codes == [code] && plan.guests.map(\.name) == ["right"])
    }

    @Test func aPortMayBeThereOnTwoAddresses() {
        let (plan, codes) = Self.make(
            Self.guest("a", "SSHPort=2200\nSSHListen=192.0.2.1\n")
                + Self.guest("b", "SSHPort=2200\nSSHListen=2001:db8::1\n"))
        #expect(
            codes == [] && plan.guests.map { $0.management?.sshListen } == ["192.0.2.1:2200", "[2001:db8::1]:2200"])
    }

    @Test func aNetworkMayBeTooSmall() {
        let (plan, codes) = Self.make(Self.guest("a") + Self.guest("b"), network: "Address=10.0.0.2/30\n")
        #expect(codes == ["network-full"] && plan.guests.map(\.managementAddress) == ["10.0.0.1"])
    }

    @Test func withoutAGuestOnItThereIsNoNetwork() {
        let (plan, codes) = Self.make(Self.guest("a", "Network=no\n"))
        #expect(plan.network == nil && plan.guests.first?.managementAddress == nil && codes == [])
    }

    @Test func anotherMachineHasOtherMACAddressesAndUUIDs() {
        let uuids = ["", "1", "2"].map { Planner.uuid("\($0) network pvp") }
        #expect(Set(uuids).count == 3)
        #expect(
            uuids.allSatisfy {
                $0.count == 36 && $0.dropFirst(14).first == "8" && "89ab".contains($0.dropFirst(19).first ?? "-")
            })
    }

    @Test("Two hosts with one configuration have other MAC addresses and other UUIDs, each the same at every start")
    func identities() throws {
        let ids: [String?] = ["0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdee", nil]
        #expect(Set(ids.map { Planner.macAddress(interface: "a-0", machineID: $0) }).count == 3)
        #expect(Planner.macAddress(interface: "a-0", machineID: nil) == Planner.macAddress(Array("a-0".utf8)))
        #expect(
            Planner.macAddress(interface: "a", machineID: ids[0])
                == Planner.macAddress(interface: "a", machineID: ids[0]))
        let uuids = ["a", "b"].flatMap { name in ids.dropLast().compactMap { Planner.uuid(guest: name, machineID: $0) }
        }
        #expect(Set(uuids).count == 4)
        for uuid in uuids {
            #expect(uuid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
            #expect(uuid.dropFirst(14).first == "8" && "89ab".contains(uuid.dropFirst(19).first ?? "-"))
        }
        #expect(Planner.uuid(guest: "a", machineID: nil) == nil)
    }
}
