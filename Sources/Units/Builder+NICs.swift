import Config
import HostTopology
import Plan
import UnitFile

extension Builder {
    /// One NIC; returns what testpmd waits for. One that stays with its kernel driver has no unit of ours: testpmd waits for the device.
    mutating func add(_ nic: Plan.NIC) -> [String] {
        let parent = nic.parent.map { Self.virtualFunctions(of: $0) }
        let device = addDevice(nic.address, after: parent)
        guard nic.driver == .vfioPCI else { return [parent, device].compactMap { $0 } }
        var unit: [Entry] = [.value("Description", "NIC \(nic.name), %i, on vfio-pci")]
        if let parent { unit += [.value("Requires", parent), .value("After", parent)] }
        var sections = [Section("Unit", unit)]
        if nic.hasNoIOMMU {
            sections.append(Section("Service", [.value("Environment", "PVP_VFIO=--no-iommu=yes")]))
        } else if !nic.group.isEmpty {
            let others = nic.group.map(\.description).joined(separator: ",")
            sections.append(Section("Service", [.value("Environment", "PVP_VFIO=--with=\(others)")]))
        }
        return [addInstance("pvp-vfio", nic.address.description, sections)]
    }

    /// The virtual functions of one NIC.
    mutating func add(_ parent: Plan.Parent) {
        _ = addDevice(parent.address, after: nil)
        _ = addInstance(
            "pvp-vfs", parent.address.description,
            [
                Section("Unit", [.value("Description", "Virtual functions of NIC \(parent.name), %i")]),
                Section("Service", [.value("Environment", "PVP_VFS=\(parent.virtualFunctions)")]),
            ])
    }

    private static func virtualFunctions(of parent: PCIAddress) -> String { "pvp-vfs@\(parent).service" }

    /// A device that is missing is told in seconds: the wait for one is 90 s otherwise, and would hold up the network. The seconds count from when it can be there.
    private mutating func addDevice(_ address: PCIAddress, after parent: String?) -> String? {
        guard let name = UnitName.escapePath("/sys/bus/pci/devices/\(address)") else { return nil }
        // At boot udev makes device units for what was there before it, but not at once.
        let earliest = ["systemd-udev-trigger.service"] + (parent.map { [$0] } ?? [])
        addFile(
            "\(name).device.d/50-pvpgen.conf",
            [Section("Unit", [.words("After", earliest), .value("JobRunningTimeoutSec", "20s")])])
        return "\(name).device"
    }
}
