import Diagnostics
import Foundation
import HelperCalls
import HostActions
import Linux
import TestSupport
import Testing
import Values

/// NICs of the host's own network stay on their drivers, at boot too, where nothing has an address
/// yet.
@Suite struct NetworkGuardTests {
    let binding: VFIOBinding
    static let head = "Iface Destination Gateway Flags RefCnt Use Metric Mask\n"
    static let mac = "52:54:00:00:00:01"

    init() throws { binding = VFIOBinding(try #require(PCIAddress(PCITree.nic))) }

    /// A NIC `eth1` with a MAC address in a machine with an id, whose network is on `eth1` by a
    /// route that is not a default one.
    private func machine() throws -> PCITree {
        let pci = try PCITree()
        try pci.files.write("/etc/machine-id", String(repeating: "a", count: 32) + "\n")
        for (file, text) in ["address": Self.mac, "addr_assign_type": "0"] {
            try pci.files.write("\(pci.device)/net/eth1/\(file)", text + "\n")
        }
        try pci.files.write("/proc/net/route", Self.head + "eth1 000200C0 0 0001 0 0 0 00FFFFFF\n")
        return pci
    }

    /// As `pvpgen install` does it.
    private func record(_ pci: PCITree) throws {
        let root = try pci.files.root
        let record = try #require(NetworkRecord(of: try HostNetwork(reading: root), in: root))
        try pci.files.write(NetworkRecord.path, record.text)
    }

    /// As at boot.
    private func empty(_ pci: PCITree) throws {
        try pci.files.write("/proc/net/route", Self.head)
    }

    @Test func anyRouteCounts() throws {
        let pci = try machine()
        #expect(
            failure { try binding.bind(on: pci.machine) }?.line
                == "NIC 0000:00:03.0: the host's network uses it: interface eth1 with route to 192.0.2.0/24; "
                + "choose another NIC in [NIC], or remove its addresses and routes; Force=yes in its [NIC] section "
                + "takes it nevertheless"
        )
        #expect(pci.log.isEmpty)
    }

    @Test func anAddressCounts() throws {
        let pci = try machine()
        try empty(pci)
        try pci.files.write(
            "/proc/net/if_inet6",
            "fe800000000000005054000000000001 03 40 20 80 eth1\n20010db8000000000000000000000005 03 40 00 80 eth1\n")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(
            problem?.code == .nicNetwork
                && problem?.message.contains("eth1 with address 2001:db8:0:0:0:0:0:5/64") == true)
    }

    @Test func aLinkLocalAddressDoesNot() throws {
        let pci = try machine()
        try record(pci)
        try pci.files.write("/proc/net/route", Self.head + "eth1 0000FEA9 0 0001 0 0 0 0000FFFF\n")
        try pci.files.write("/proc/net/if_inet6", "fe800000000000005054000000000001 03 40 20 80 eth1\n")
        #expect(failure { try binding.bind(on: pci.machine) }?.code == .nicNetworkRecorded)
        try empty(pci)
        try record(pci)
        #expect(try binding.bind(on: pci.machine).contains("on vfio-pci"))
    }

    @Test func theRecordKeepsItAtBoot() throws {
        let pci = try machine()
        try record(pci)
        try empty(pci)
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(
            problem?.message
                == "NIC 0000:00:03.0: the host's network used it when 'pvpgen install' recorded the network: "
                + "interface eth1 with route to 192.0.2.0/24"
        )
        #expect(problem?.remedy.contains("run 'pvpgen install' again; Force=yes") == true)
        #expect(pci.driver == "e1000e" && pci.log.isEmpty)
    }

    @Test func forceTakesIt() throws {
        let pci = try machine()
        try record(pci)
        let forced = VFIOBinding(binding.address, exemption: .all)
        #expect(try forced.bind(on: pci.machine).contains("on vfio-pci"))
    }

    @Test func aRenumberedBusDoesNotMislead() throws {
        let pci = try machine()
        try record(pci)
        let text = try pci.files.text(NetworkRecord.path)
        try empty(pci)
        // The same card at another address, and another card at the same.
        try pci.files.write(NetworkRecord.path, text.replacingOccurrences(of: PCITree.nic, with: "0000:05:00.0"))
        #expect(failure { try binding.bind(on: pci.machine) }?.code == .nicNetworkRecorded)
        try pci.files.write(NetworkRecord.path, text.replacingOccurrences(of: Self.mac, with: "52:54:00:00:00:02"))
        #expect(try binding.bind(on: pci.machine).contains("on vfio-pci"))
    }

    @Test func withoutAnInterfaceTheAddressDecides() throws {
        let pci = try machine()
        try record(pci)
        try empty(pci)
        try FileManager.default.removeItem(atPath: pci.files.path + "\(pci.device)/net")
        #expect(failure { try binding.bind(on: pci.machine) }?.code == .nicNetworkRecorded)
    }

    @Test(arguments: [false, true]) func withoutARecordOfThisMachineNothingIsTakenAtBoot(_ isCopied: Bool) throws {
        let pci = try machine()
        if isCopied { try record(pci) }
        try empty(pci)
        try pci.files.write("/etc/machine-id", String(repeating: "b", count: 32) + "\n")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(problem?.code == .nicNetworkUnknown && problem?.remedy.hasPrefix("run 'pvpgen install' while") == true)
        // In a guest, whose host has placed it.
        #expect(try VFIOBinding(binding.address, exemption: .unrecorded).bind(on: pci.machine).contains("on vfio-pci"))
    }

    @Test func byHandTheNetworkOfNowDecides() throws {
        let pci = try machine()
        try pci.files.write("/proc/net/route", PCITree.routes("eth0"))
        #expect(try binding.bind(on: pci.machine).contains("on vfio-pci"))
    }

    /// They end with it.
    @Test func itsVirtualFunctionsCount() throws {
        let pci = try machine()
        try pci.files.write("/proc/net/route", PCITree.routes("eth1v0"))
        try pci.files.link("\(pci.device)/virtfn0", "../0000:00:03.1")
        try pci.files.directory("/sys/bus/pci/devices/0000:00:03.1/net/eth1v0")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(problem?.code == .nicNetwork && problem?.message.contains("eth1v0") == true)
    }

    @Test func aNICOnVFIOHasNoEntry() throws {
        let pci = try machine()
        try empty(pci)
        _ = try VFIOBinding(binding.address, exemption: .all).bind(on: pci.machine)
        try FileManager.default.removeItem(atPath: pci.files.path + "\(pci.device)/net")
        try record(pci)
        #expect(try !pci.files.text(NetworkRecord.path).contains(PCITree.nic))
    }
}
