import Foundation
import HostActions
import Linux
import Synchronization
import TestSupport

/// A machine with one NIC, in an IOMMU group, and a kernel that answers what is written to its PCI
/// bus.
final class PCITree: Sendable {
    static let nic = "0000:00:03.0"
    let tree = try? Tree()
    let refused: Set<String>
    let found: String?
    private let writes = Mutex<[String]>([])

    /// `matching` is the driver that the kernel chooses by itself; one in `refused` takes no
    /// device.
    init(driver: String? = "e1000e", matching: String? = "e1000e", refused: Set<String> = []) throws {
        self.found = matching
        self.refused = refused
        for name in ["vfio-pci", "e1000e", "pcieport", "igb"] { try files.directory("/sys/bus/pci/drivers/\(name)") }
        try files.write("/sys/bus/pci/drivers_probe", "")
        try add(Self.nic, type: "0x020000", driver: driver)
        try files.directory("\(device)/net/eth1")
        try files.directory("/sys/class/net/eth1")
        try files.write("/proc/net/route", Self.routes("eth0"))
        if driver == "vfio-pci" { try files.write("/dev/vfio/7", "") }
    }

    var files: Tree { get throws { try tree ?? Tree() } }
    var device: String { "/sys/bus/pci/devices/\(Self.nic)" }
    var driver: String? { tree?.root.linkName("\(device)/driver") }
    /// What was written, in order: path below `/sys/bus/pci`, a space, the value.
    var log: [String] { writes.withLock { $0 } }

    var machine: HostFilesystem {
        get throws {
            HostFilesystem(try files.root) { path, value throws(SystemError) in
                do {
                    try self.answer(path, value)
                } catch {
                    throw SystemError("write", path, code: ENODEV)
                }
            }
        }
    }

    /// A machine whose files only keep what is written to them.
    var silent: HostFilesystem { get throws { HostFilesystem(try files.root) } }

    static func routes(_ interface: String) -> String {
        "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
            + "\(interface)\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
            + "\(interface)\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
    }

    /// Takes the IOMMU out of the machine. `isAllowed` says whether its kernel's VFIO can do
    /// without.
    func removeIOMMU(isAllowed: Bool) throws {
        try files.root.remove("\(device)/iommu_group")
        if isAllowed { try files.write(Self.noIOMMU, "N\n") }
    }

    static let noIOMMU = "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"

    /// Adds a function to the NIC's IOMMU group.
    func add(_ address: String, type: String, driver: String?) throws {
        let directory = "/sys/bus/pci/devices/\(address)"
        try files.write("\(directory)/class", type + "\n")
        try files.write("\(directory)/driver_override", "(null)\n")
        try files.link("\(directory)/iommu_group", "../../../../kernel/iommu_groups/7")
        try files.link("/sys/kernel/iommu_groups/7/devices/\(address)", "../../../../bus/pci/devices/\(address)")
        if let driver { try bind(address, driver) }
    }

    private func bind(_ address: String, _ driver: String) throws {
        try files.link("/sys/bus/pci/devices/\(address)/driver", "../../drivers/\(driver)")
        guard driver == "vfio-pci" else { return }
        guard try !files.root.exists("/sys/bus/pci/devices/\(address)/iommu_group") else {
            return try files.write("/dev/vfio/7", "")
        }
        guard try files.text(Self.noIOMMU) == "Y" else { throw SystemError("write", Self.noIOMMU, code: EINVAL) }
        try files.link("/sys/bus/pci/devices/\(address)/iommu_group", "../../../../kernel/iommu_groups/0")
        try files.write("/sys/kernel/iommu_groups/0/name", "vfio-noiommu\n")
        try files.write("/dev/vfio/noiommu-0", "")
    }

    private func answer(_ path: String, _ value: String) throws {
        if path == Self.noIOMMU { return try files.write(path, value) }
        let short = path.dropFirst("/sys/bus/pci/".count)
        writes.withLock { $0.append("\(short) \(value)") }
        let directory = "/sys/bus/pci/devices/\(value)"
        if path.hasSuffix("/driver_override") {
            try files.write(path, value == "\n" ? "(null)\n" : value + "\n")
        } else if path.hasSuffix("/driver/unbind") {
            try files.root.remove("\(directory)/driver")
        } else if path.hasSuffix("/drivers_probe") {
            let override = try files.text("\(directory)/driver_override")
            let choice = override == "(null)" ? found : override
            if let choice, !refused.contains(choice), !(try files.root.exists("\(directory)/driver")) {
                try bind(value, choice)
            }
        } else if path.hasSuffix("/bind") {
            try bind(value, String(path.split(separator: "/").dropLast().last ?? ""))
        }
    }
}
