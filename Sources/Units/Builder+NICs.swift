import Config
import HelperCalls
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
        let environment = Self.environment(HostVerb.bindVFIO(VFIOCall(nic)).variables)
        if !environment.isEmpty { sections.append(Section("Service", environment)) }
        return [addInstance("pvp-vfio", nic.address.description, sections: sections)]
    }

    /// The virtual functions of one NIC.
    mutating func add(_ parent: Plan.Parent) {
        _ = addInstance(
            "pvp-vfs", parent.address.description,
            sections: [
                Section("Unit", [.value("Description", "Virtual Functions of NIC \(parent.name), %i")]),
                Section(
                    "Service",
                    Self.environment(HostVerb.createVFs(of: parent.address, count: parent.virtualFunctions).variables)),
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

extension VFIOCall {
    /// The binding of a NIC of the plan.
    fileprivate init(_ nic: Plan.NIC) {
        self.init(nic.address)
        mayHaveNoIOMMU = nic.hasNoIOMMU
        if !nic.hasNoIOMMU { others = nic.group }
        if nic.isForced { exemption = .all } else if nic.isInGuest { exemption = .unrecorded }
    }
}
