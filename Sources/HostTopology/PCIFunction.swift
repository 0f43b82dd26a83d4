package import Linux
package import Values

/// A PCI function as `/sys` shows it (kernel: Documentation/ABI/testing/sysfs-bus-pci).
package struct PCIFunction: Sendable {
    package static let bus = "/sys/bus/pci"
    package let address: PCIAddress
    package let root: Root

    /// The function at an address, which need not exist.
    package init(address: PCIAddress, root: Root) {
        self.address = address
        self.root = root
    }

    /// The directory that has a link for each function.
    package static let devices = "\(bus)/devices"
    package var directory: String { "\(Self.devices)/\(address)" }
    package var exists: Bool { root.exists(directory) }
    /// The driver that has it; `nil` when none has.
    package var driver: String? { root.linkName("\(directory)/driver") }
    /// The number of its IOMMU group; `nil` when there is no IOMMU.
    package var group: String? { root.linkName("\(directory)/iommu_group") }
    /// Whether its group is one that VFIO created for want of an IOMMU (kernel:
    /// drivers/vfio/group.c, `vfio_noiommu_group_alloc`).
    package var hasNoIOMMU: Bool { (try? root.text("\(directory)/iommu_group/name")) == "vfio-noiommu" }
    /// What a program opens to have the group.
    package var groupNode: String? { group.map { "/dev/vfio/" + (hasNoIOMMU ? "noiommu-" : "") + $0 } }

    /// Its NUMA node; `nil` when the firmware does not say (-1).
    package var node: Int? {
        (try? root.text("\(directory)/numa_node")).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Its vendor and device.
    package var id: PCIDeviceID? { PCIDeviceID(in: directory, root) }
    /// The card's vendor and type.
    package var subsystem: PCIDeviceID? { PCIDeviceID(in: directory, root, prefix: "subsystem_") }
    /// Its link as it is; `nil` for a function without one.
    package var link: PCILink? { PCILink(in: directory, "current", root) }
    /// The best link that its card can have.
    package var bestLink: PCILink? { PCILink(in: directory, "max", root) }

    /// The driver that is asked for by name, which wins over all matches; `nil` when none is.
    package var override: String? {
        guard let name = try? root.text("\(directory)/driver_override"), !name.isEmpty, name != "(null)" else {
            return nil
        }
        return name
    }

    /// A function whose driver uses it.
    package struct GroupMember: CustomStringConvertible {
        package var address: PCIAddress
        package var driver: String
        /// `0000:00:1f.2 (ahci)`
        package var description: String { "\(address) (\(driver))" }
    }

    /// The other functions of its IOMMU group whose drivers use them, which keeps the kernel from
    /// giving the group away. PCI bridges (class 0x0604) may have theirs (kernel:
    /// Documentation/driver-api/vfio.rst).
    package var boundGroupMembers: [GroupMember] {
        let others = ((try? root.list("\(directory)/iommu_group/devices")) ?? []).compactMap { PCIAddress($0) }
        return others.compactMap { other in
            let function = PCIFunction(address: other, root: root)
            guard other != address, let driver = function.driver, driver != "vfio-pci", driver != "pci-stub" else {
                return nil
            }
            let type = (try? root.text("\(function.directory)/class")) ?? ""
            return type.hasPrefix("0x0604") ? nil : GroupMember(address: other, driver: driver)
        }
    }
}
