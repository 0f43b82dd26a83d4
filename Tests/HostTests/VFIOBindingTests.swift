import Diagnostics
import Foundation
import HostActions
import Linux
import TestSupport
import Testing
import Values

@Suite struct VFIOBindingTests {
    let binding: VFIOBinding

    init() throws { binding = VFIOBinding(try #require(PCIAddress(PCITree.nic))) }

    @Test func bindsAndGivesBack() throws {
        let pci = try PCITree()
        #expect(try binding.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci, group 7, was on e1000e")
        #expect(
            pci.log == [
                "devices/0000:00:03.0/driver_override vfio-pci", "devices/0000:00:03.0/driver/unbind 0000:00:03.0",
                "drivers_probe 0000:00:03.0",
            ])
        #expect(pci.driver == "vfio-pci")
        let record =
            "driver\t\(pci.device)/driver\te1000e\tvfio-pci\ndriver-override\t\(pci.device)/driver_override\t\tvfio-pci"
        #expect(try pci.files.text("/run/pvp/state/vfio-0000:00:03.0") == record)
        let mode =
            try FileManager.default.attributesOfItem(atPath: pci.files.path + "/run/pvp/state")[.posixPermissions]
            as? Int
        #expect(mode == 0o700)

        #expect(try binding.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci already")
        #expect(try pci.files.text("/run/pvp/state/vfio-0000:00:03.0") == record)

        #expect(try binding.unbind(on: pci.machine).map(\.text) == ["NIC 0000:00:03.0: back on e1000e"])
        #expect(pci.driver == "e1000e")
        #expect(try pci.files.text("\(pci.device)/driver_override") == "(null)")
        #expect(try pci.files.state.isEmpty)
        #expect(try binding.unbind(on: pci.machine).map(\.text) == ["NIC 0000:00:03.0: not on vfio-pci, on e1000e"])
    }

    @Test func goesBackToTheDriverThatHadIt() throws {
        let pci = try PCITree(driver: "igb", matching: nil)
        _ = try binding.bind(on: pci.machine)
        #expect(try binding.unbind(on: pci.machine).map(\.text) == ["NIC 0000:00:03.0: back on igb"])
        #expect(pci.log.last == "drivers/igb/bind 0000:00:03.0")
    }

    @Test func oneWithoutDriverHasNoneAfterwards() throws {
        let pci = try PCITree(driver: nil, matching: nil)
        #expect(try binding.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci, group 7")
        #expect(
            try binding.unbind(on: pci.machine).map(\.text) == [
                "NIC 0000:00:03.0: off vfio-pci, has no driver, as before"
            ])
    }

    @Test func missing() throws {
        let problem = failure { try binding.bind(on: HostFilesystem(try Tree().root)) }
        #expect(
            problem?.line
                == "NIC 0000:00:03.0: PCI device not found; correct PCIAddress= in [NIC]; 'lspci -D' lists the devices")
        #expect(
            try binding.unbind(on: HostFilesystem(try Tree().root)).map(\.text) == [
                "NIC 0000:00:03.0: no such PCI device any more"
            ])
    }

    @Test func withoutIOMMU() throws {
        let pci = try PCITree()
        try pci.files.root.remove("\(pci.device)/iommu_group")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(problem?.code == .noIOMMUGroup)
        #expect(pci.log.isEmpty)
    }

    @Test func inAGuestItMayDoWithoutAnIOMMU() throws {
        let pci = try PCITree()
        try pci.removeIOMMU(isAllowed: true)
        let bare = VFIOBinding(binding.address, mayHaveNoIOMMU: true)
        let line = try bare.bind(on: pci.machine)
        #expect(line.hasPrefix("NIC 0000:00:03.0: on vfio-pci, group 0, was on e1000e, without an IOMMU: "), "\(line)")
        #expect(pci.driver == "vfio-pci")
        #expect(try bare.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci already")
        #expect(try bare.unbind(on: pci.machine).map(\.text) == ["NIC 0000:00:03.0: back on e1000e"])
    }

    @Test func aKernelThatCannotDoWithoutAnIOMMUIsNamed() throws {
        let pci = try PCITree()
        try pci.removeIOMMU(isAllowed: false)
        let problem = failure { try VFIOBinding(binding.address, mayHaveNoIOMMU: true).bind(on: pci.machine) }
        #expect(problem?.code == .vfioWithoutIOMMU)
        #expect(pci.driver == "e1000e")
    }

    @Test func anIOMMUThatIsThereIsUsed() throws {
        let pci = try PCITree()
        try pci.files.write(PCITree.noIOMMU, "N\n")
        let bare = VFIOBinding(binding.address, mayHaveNoIOMMU: true)
        #expect(try bare.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci, group 7, was on e1000e")
        #expect(try pci.files.text(PCITree.noIOMMU) == "N")
    }

    @Test(arguments: [["eth1"], ["eth1", "bond0"], ["eth1", "team0", "team0.100", "br0"]])
    func carriesTheDefaultRoute(_ stack: [String]) throws {
        let pci = try PCITree()
        for (lower, upper) in zip(stack, stack.dropFirst()) {
            try pci.files.link("/sys/class/net/\(lower)/upper_\(upper)", "../\(upper)")
            try pci.files.directory("/sys/class/net/\(upper)")
            // The kernel shows the way back as well.
            try pci.files.link("/sys/class/net/\(upper)/lower_\(lower)", "../\(lower)")
        }
        let top = try #require(stack.last)
        try pci.files.write("/proc/net/route", PCITree.routes(top))
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(
            problem?.line
                == "NIC 0000:00:03.0: the host's network uses it: interface \(top) with route to default, "
                + "route to 192.0.2.0/24; choose another NIC in [NIC], or remove its addresses and routes; "
                + "Force=yes in its [NIC] section takes it nevertheless"
        )
        #expect(pci.log.isEmpty)
        #expect(pci.driver == "e1000e")
    }

    @Test(arguments: [("00000003", true), ("00200200", false)])
    func carriesTheIPv6DefaultRoute(_ flags: String, _ carries: Bool) throws {
        let pci = try PCITree()
        let zero = String(repeating: "0", count: 32)
        try pci.files.write(
            "/proc/net/ipv6_route",
            "\(zero) 00 \(zero) 00 fd\(zero.dropLast(3))1 00000400 00000002 00000000 \(flags)     eth1\n")
        if carries {
            #expect(failure { try binding.bind(on: pci.machine) }?.code == .nicNetwork)
        } else {
            #expect(try binding.bind(on: pci.machine).contains("on vfio-pci"))
        }
    }

    @Test func routeOfAVirtioNIC() throws {
        let pci = try PCITree()
        try pci.files.directory("\(pci.device)/virtio2/net/ens3")
        try pci.files.write("/proc/net/route", PCITree.routes("ens3"))
        #expect(failure { try binding.bind(on: pci.machine) }?.code == .nicNetwork)
    }

    /// The package is upgraded while the NIC is bound.
    @Test func theRecordOfAnEarlierReleaseIsRead() throws {
        let pci = try PCITree(driver: "vfio-pci", matching: nil)
        try pci.files.write("\(pci.device)/driver_override", "vfio-pci\n")
        try pci.files.write("/run/pvp/state/vfio-\(PCITree.nic)", "igb\n")
        #expect(try binding.unbind(on: pci.machine).map(\.text) == ["NIC 0000:00:03.0: back on igb"])
        #expect(try pci.files.text("\(pci.device)/driver_override") == "(null)" && pci.files.state.isEmpty)
    }

    @Test func aNICThatWasOnVFIOBeforeStaysThere() throws {
        let pci = try PCITree(driver: "vfio-pci")
        try pci.files.write("\(pci.device)/driver_override", "vfio-pci\n")
        #expect(try binding.bind(on: pci.machine) == "NIC 0000:00:03.0: on vfio-pci already")
        #expect(
            try binding.unbind(on: pci.machine).map(\.text) == [
                "NIC 0000:00:03.0: stays on vfio-pci, where it was before pvpgen started"
            ])
        #expect(pci.log.isEmpty && pci.driver == "vfio-pci")
    }

    @Test func sharesItsGroup() throws {
        let pci = try PCITree()
        try pci.add("0000:00:01.0", type: "0x060400", driver: "pcieport")
        try pci.add("0000:00:03.1", type: "0x020000", driver: nil)
        try pci.add("0000:00:03.2", type: "0x020000", driver: "pci-stub")
        try pci.add("0000:00:03.3", type: "0x020000", driver: "igb")
        try pci.add("0000:00:03.4", type: "0x060100", driver: "lpc")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(
            problem?.code == .nicGroupShared
                && problem?.message.contains("7 with 0000:00:03.3 (igb), 0000:00:03.4 (lpc)") == true)
        #expect(pci.log.isEmpty)
        try pci.files.root.remove("/sys/bus/pci/devices/0000:00:03.3/driver")
        try pci.files.root.remove("/sys/bus/pci/devices/0000:00:03.4/driver")
        #expect(try binding.bind(on: pci.machine).contains("on vfio-pci"))
    }

    /// Its neighbour goes to vfio-pci too, before or after it.
    @Test func sharesItsGroupWithANICOfThePlan() throws {
        let pci = try PCITree()
        try pci.add("0000:00:03.1", type: "0x020000", driver: "e1000e")
        let both = VFIOBinding(try #require(PCIAddress(PCITree.nic)), with: [try #require(PCIAddress("0000:00:03.1"))])
        #expect(try both.bind(on: pci.machine).contains("on vfio-pci"))
    }

    @Test func driverNotLoaded() throws {
        let pci = try PCITree()
        try FileManager.default.removeItem(atPath: pci.files.path + "/sys/bus/pci/drivers/vfio-pci")
        #expect(
            failure { try binding.bind(on: pci.machine) }?.line
                == "NIC 0000:00:03.0: the driver vfio-pci is not loaded; run 'modprobe vfio-pci'")
        #expect(pci.log.isEmpty)
    }

    @Test func refusedIsPutBack() throws {
        let pci = try PCITree(refused: ["vfio-pci"])
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(
            problem?.line
                == "NIC 0000:00:03.0: expected driver vfio-pci, no driver has it; read 'journalctl -k' for the reason")
        #expect(pci.driver == "e1000e")
        #expect(try pci.files.text("\(pci.device)/driver_override") == "(null)")
        #expect(try pci.files.state.isEmpty)
    }

    @Test func kernelThatDoesNothing() throws {
        let pci = try PCITree()
        try pci.files.write("/sys/bus/pci/drivers/e1000e/unbind", "")
        let problem = failure { try binding.bind(on: pci.silent) }
        #expect(problem?.code == .nicNotBound && problem?.message.contains("e1000e") == true)
        #expect(try pci.files.state.isEmpty)
    }

    @Test func groupWithoutNode() throws {
        let pci = try PCITree(driver: "vfio-pci")
        try pci.files.root.remove("/dev/vfio/7")
        let problem = failure { try binding.bind(on: pci.machine) }
        #expect(problem?.code == .nicNotBound && problem?.message.contains("/dev/vfio/7") == true)
    }

    @Test func readOnlySys() throws {
        let pci = try PCITree()
        let machine = HostFilesystem(try pci.files.root) { path, _ throws(SystemError) in
            throw SystemError("open", path, code: EROFS)
        }
        let problem = failure { try binding.bind(on: machine) }
        #expect(
            problem?.line
                == "NIC 0000:00:03.0: \(pci.device)/driver_override: open: Read-only file system; "
                + "run the command as root, with /sys writable"
        )
        #expect(try pci.files.state.isEmpty)
    }

    @Test func notReturned() throws {
        let pci = try PCITree(matching: "igb")
        _ = try binding.bind(on: pci.machine)
        let problem = failure { try binding.unbind(on: pci.machine) }
        #expect(
            problem?.line
                == "NIC 0000:00:03.0: expected driver e1000e, got igb; `modprobe e1000e`, and see `journalctl -k`")
    }
}
