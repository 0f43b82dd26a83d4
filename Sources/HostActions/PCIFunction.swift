import Diagnostics
import Linux
import Values

/// A PCI function as `/sys` shows it (kernel: Documentation/ABI/testing/sysfs-bus-pci).
struct PCIFunction {
    static let bus = "/sys/bus/pci"
    let address: PCIAddress
    let root: Root

    var directory: String { "\(Self.bus)/devices/\(address)" }
    var isThere: Bool { root.exists(directory) }
    /// The driver that has it; `nil` when none has.
    var driver: String? { root.linkName("\(directory)/driver") }
    /// The number of its IOMMU group; `nil` when there is no IOMMU.
    var group: String? { root.linkName("\(directory)/iommu_group") }
    /// Whether its group is one that VFIO made up for want of an IOMMU (kernel: drivers/vfio/group.c, `vfio_noiommu_group_alloc`).
    var hasNoIOMMU: Bool { (try? root.text("\(directory)/iommu_group/name")) == "vfio-noiommu" }
    /// What a program opens to have the group.
    var groupNode: String? { group.map { "/dev/vfio/" + (hasNoIOMMU ? "noiommu-" : "") + $0 } }

    /// The driver that is asked for by name, which wins over all matches; `nil` when none is.
    var override: String? {
        guard let name = try? root.text("\(directory)/driver_override"), !name.isEmpty, name != "(null)" else { return nil }
        return name
    }

    /// A function whose driver uses it.
    struct Obstacle: CustomStringConvertible {
        var address: PCIAddress
        var driver: String
        /// `0000:00:1f.2 (ahci)`
        var description: String { "\(address) (\(driver))" }
    }

    /// The other functions of its IOMMU group whose drivers use them, which keeps the kernel from giving the group away.
    /// PCI bridges (class 0x0604) may have theirs (kernel: Documentation/driver-api/vfio.rst).
    var obstacles: [Obstacle] {
        let others = ((try? root.list("\(directory)/iommu_group/devices")) ?? []).compactMap { PCIAddress($0) }
        return others.compactMap { other in
            let function = PCIFunction(address: other, root: root)
            guard other != address, let driver = function.driver, driver != "vfio-pci", driver != "pci-stub" else { return nil }
            let type = (try? root.text("\(function.directory)/class")) ?? ""
            return type.hasPrefix("0x0604") ? nil : Obstacle(address: other, driver: driver)
        }
    }
}
