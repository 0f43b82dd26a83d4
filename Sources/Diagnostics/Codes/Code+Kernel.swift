extension Problem.Code {
    /// Kernel arguments are not in effect.
    package static let notBooted = Problem.Code("not-booted")
    /// The kernel does not use the IOMMU.
    package static let iommuOff = Problem.Code("iommu-off")
    /// The firmware reports no IOMMU.
    package static let iommuMissing = Problem.Code("iommu-missing")
    /// A guest forwards packets without an IOMMU.
    package static let noIOMMU = Problem.Code("no-iommu")
    /// A NIC is in no IOMMU group.
    package static let noIOMMUGroup = Problem.Code("no-iommu-group")
    /// Interrupts are delivered to isolated CPUs.
    package static let interrupts = Problem.Code("interrupts")
    /// The CPU wake-up latency cannot be limited.
    package static let latencyRefused = Problem.Code("latency-refused")
    /// A QEMU thread cannot be moved to other CPUs.
    package static let threadNotMoved = Problem.Code("thread-not-moved")
    /// Tuned values cannot be restored.
    package static let tuningNotRestored = Problem.Code("tuning-not-restored")
}
