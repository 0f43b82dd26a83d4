import Config
import HostTopology
import Plan
import UnitFile

extension Builder {
    /// One NIC; returns what testpmd waits for. One that stays with its kernel driver has no unit of ours: testpmd waits for the device.
    mutating func add(_ nic: Plan.NIC) -> [String] {
        let parent = nic.parent.map { Self.virtualFunctions(of: $0) }
        let device = addDevice(nic.address, isMissing: nic.isMissing, after: parent)
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
        _ = addInstance(
            "pvp-vfs", parent.address.description,
            [
                Section("Unit", [.value("Description", "Virtual functions of NIC \(parent.name), %i")]),
                Section("Service", [.value("Environment", "PVP_VFS=\(parent.virtualFunctions)")]),
            ])
    }

    private static func virtualFunctions(of parent: PCIAddress) -> String { "pvp-vfs@\(parent).service" }

    /// systemd waits 90 s for a device. One that the kernel shows comes with udev, which may need them at boot; one that it does not show
    /// is told in seconds, as it would hold up the network. For a virtual function the time counts from when it can be there.
    private mutating func addDevice(_ address: PCIAddress, isMissing: Bool, after parent: String?) -> String? {
        guard let name = UnitName.escapePath("/sys/bus/pci/devices/\(address)") else { return nil }
        if let parent {
            addFile("\(name).device.d/50-pvpgen.conf", [Section("Unit", [.value("After", parent)])])
        } else if isMissing {
            addFile(
                "\(name).device.d/50-pvpgen.conf",
                [Section("Unit", [.value("After", "systemd-udev-trigger.service"), .value("JobRunningTimeoutSec", "20s")])])
        }
        return "\(name).device"
    }
}
