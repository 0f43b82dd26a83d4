package import Linux

extension HostTopology.IOMMU {
    /// The kind that the firmware announces in an ACPI table; `nil` if it announces none.
    package init?(firmwareOf root: Root) {
        let tables = "/sys/firmware/acpi/tables"
        if root.exists("\(tables)/DMAR") {
            self = .intel
        } else if root.exists("\(tables)/IVRS") {
            self = .amd
        } else {
            return nil
        }
    }

    /// Whether the kernel uses an IOMMU, whatever the firmware announces (kernel:
    /// Documentation/ABI/testing/sysfs-class-iommu).
    package static func isInUse(in root: Root) -> Bool { !((try? root.list("/sys/class/iommu")) ?? []).isEmpty }
}
