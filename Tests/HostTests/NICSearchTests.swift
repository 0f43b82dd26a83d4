import Diagnostics
import HostActions
import HostTopology
import Linux
import TestSupport
import Testing
import Values

@Suite struct NICSearchTests {
    let mac: MACAddress

    init() throws { mac = try #require(MACAddress("68:05:ca:12:34:56")) }

    private static func add(
        _ address: String, _ interface: String?, assigned: String = "0", _ tree: Tree, serial: UInt8 = 1
    ) throws {
        let device = "/sys/bus/pci/devices/\(address)"
        for (file, text) in [
            ("vendor", "0x8086"), ("device", "0x10d3"), ("subsystem_vendor", "0x8086"), ("subsystem_device", "0x0000"),
        ] {
            try tree.write("\(device)/\(file)", text + "\n")
        }
        try tree.root.replace(
            "\(device)/config", with: [UInt8](repeating: 0, count: 256) + [3, 0, 1, 0, serial, 0, 0, 0, 0, 0, 0, 0])
        guard let interface else { return }
        try tree.write("\(device)/\(interface)/address", "68:05:ca:12:34:56\n")
        try tree.write("\(device)/\(interface)/addr_assign_type", assigned + "\n")
    }

    /// As install does; a line for each that is new.
    private func remember(_ tree: Tree) throws -> [String] {
        let before = NICRecord.read(from: tree.root)
        let found = try NICSearch([mac], in: tree.root).find()
        try tree.write(NICRecord.path, NICRecord.text(found))
        return found.filter { !before.contains($0) }.map(\.description)
    }

    private func failure(_ tree: Tree) -> Problem? {
        do {
            Issue.record("no problem, but: \(try remember(tree))")
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test(arguments: ["net/eth1", "virtio2/net/ens3"]) func found(_ interface: String) throws {
        let tree = try Tree()
        try Self.add("0000:17:00.0", interface, tree)
        #expect(
            try remember(tree) == [
                "68:05:ca:12:34:56: NIC 0000:17:00.0, 8086:10d3, card 8086:0000, serial 00-00-00-00-00-00-00-01"
            ])
        #expect(
            try tree.text(NICRecord.path).hasSuffix(
                "\n68:05:ca:12:34:56 0000:17:00.0 8086:10d3 8086:0000 0000000000000001"))
        #expect(try remember(tree) == [])
        // None asked for, none found.
        #expect(try NICSearch([], in: tree.root).find() == [])
    }

    @Test func oneOnVFIOStaysRemembered() throws {
        let tree = try Tree()
        try Self.add("0000:17:00.0", "net/eth1", tree)
        _ = try remember(tree)
        try tree.root.remove("/sys/bus/pci/devices/0000:17:00.0/net/eth1/address")
        #expect(try remember(tree) == [])
        // Its card is in another slot now, and another in its own.
        try Self.add("0000:17:00.0", nil, tree, serial: 2)
        try Self.add("0000:65:00.0", nil, tree)
        #expect(try remember(tree).first?.hasPrefix("68:05:ca:12:34:56: NIC 0000:65:00.0, ") == true)
    }

    @Test func ofABond() throws {
        let tree = try Tree()
        try Self.add("0000:17:00.0", "net/eth1", assigned: "3", tree)
        try tree.write("/sys/bus/pci/devices/0000:17:00.0/net/eth1/bonding_slave/perm_hwaddr", "68:05:ca:12:34:56\n")
        #expect(try remember(tree).count == 1)
    }

    @Test func notItsOwn() throws {
        let tree = try Tree()
        try Self.add("0000:17:00.0", "net/eth1", assigned: "3", tree)
        let problem = failure(tree)
        #expect(problem?.code == .macNotFound && problem?.message.contains("eth1") == true)
        #expect(!tree.root.exists(NICRecord.path))
    }

    @Test func twiceOrNever() throws {
        let tree = try Tree()
        #expect(failure(tree)?.code == .macNotFound)
        try Self.add("0000:17:00.0", "net/eth1", tree)
        try Self.add("0000:17:00.1", "net/eth2", tree)
        let problem = failure(tree)
        #expect(
            problem?.code == .macTwice && problem?.message.contains("0000:17:00.0 (eth1), 0000:17:00.1 (eth2)") == true)
    }
}
