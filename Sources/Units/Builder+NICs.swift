import Config
import Plan
import UnitFile
import Values

extension Builder {
    /// One NIC; returns what testpmd waits for. One that stays with its kernel driver has no unit
    /// of ours: testpmd waits for the device.
    mutating func add(_ nic: Plan.NIC) -> [String] {
        let parent = nic.parent.map { Self.virtualFunctions(of: $0) }
        let device = addDevice(of: nic, after: parent)
        guard nic.driver == .vfioPCI else { return [parent, device].compactMap { $0 } }
        var unit: [UnitEntry] = [.value("Description", "NIC \(nic.name), %i, on vfio-pci")]
        if let parent { unit += [.value("Requires", parent), .value("After", parent)] }
        var sections = [Section("Unit", unit)]
        let options = Self.bindingOptions(nic)
        if !options.isEmpty {
            let variable = "PVP_VFIO=\(options.joined(separator: " "))"
            sections.append(Section("Service", [.value("Environment", options.count == 1 ? variable : "\"\(variable)\"")]))
        }
        return [addInstance("pvp-vfio", nic.address.description, sections)]
    }

    /// Further arguments of `pvp-host bind-vfio`.
    private static func bindingOptions(_ nic: Plan.NIC) -> [String] {
        var options: [String] = []
        if nic.hasNoIOMMU {
            options.append("--no-iommu=yes")
        } else if !nic.group.isEmpty {
            options.append("--with=\(nic.group.map(\.description).joined(separator: ","))")
        }
        if nic.isForced {
            options.append("--force=yes")
        } else if nic.isInGuest {
            options.append("--unrecorded=yes")
        }
        return options
    }

    /// The virtual functions of one NIC.
    mutating func add(_ parent: Plan.Parent) {
        _ = addInstance(
            "pvp-vfs", parent.address.description,
            [
                Section("Unit", [.value("Description", "Virtual Functions of NIC \(parent.name), %i")]),
                Section("Service", [.value("Environment", "PVP_VFS=\(parent.virtualFunctions)")]),
            ])
    }

    private static func virtualFunctions(of parent: PCIAddress) -> String { "pvp-vfs@\(parent).service" }

    /// systemd waits 90 s for a device, which a slow boot requires for a device that exists. One
    /// that the kernel does not show would delay the network that long, and is reported in seconds.
    /// For a virtual function the time counts from when it can exist.
    private mutating func addDevice(of nic: Plan.NIC, after parent: String?) -> String? {
        guard let name = UnitName.escapePath("/sys/bus/pci/devices/\(nic.address)") else { return nil }
        var wait: [UnitEntry] = []
        if let parent {
            wait = [.value("After", parent)]
        } else if nic.isMissing {
            wait = [.value("After", "systemd-udev-trigger.service"), .value("JobRunningTimeoutSec", "20s")]
        }
        if !wait.isEmpty { addFile("\(name).device.d/50-pvpgen.conf", [Section("Unit", wait)]) }
        return "\(name).device"
    }
}
