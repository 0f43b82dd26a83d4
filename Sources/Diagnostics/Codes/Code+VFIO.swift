extension Problem.Code {
    /// The driver vfio-pci is missing.
    package static let vfioMissing = Problem.Code("vfio-missing")
    /// VFIO cannot work without an IOMMU.
    package static let vfioWithoutIOMMU = Problem.Code("vfio-without-iommu")
    /// Other devices are in the IOMMU group of a NIC.
    package static let nicGroupShared = Problem.Code("nic-group-shared")
    /// The host's network uses a NIC.
    package static let nicNetwork = Problem.Code("nic-network")
    /// The host's network used a NIC when it was recorded.
    package static let nicNetworkRecorded = Problem.Code("nic-network-recorded")
    /// No record of the host's network exists.
    package static let nicNetworkUnknown = Problem.Code("nic-network-unknown")
    /// A process uses a NIC through VFIO.
    package static let nicInUse = Problem.Code("nic-in-use")
    /// vfio-pci did not bind a NIC.
    package static let nicNotBound = Problem.Code("nic-not-bound")
    /// The former driver did not bind a NIC.
    package static let nicNotRestored = Problem.Code("nic-not-restored")
    /// A sysfs file of a NIC cannot be written.
    package static let nicUnwritable = Problem.Code("nic-unwritable")
    /// Virtual functions are in use.
    package static let vfInUse = Problem.Code("vf-in-use")
    /// Virtual functions of another process exist.
    package static let vfsExist = Problem.Code("vfs-exist")
    /// The kernel did not create or remove virtual functions.
    package static let vfsShort = Problem.Code("vfs-short")
    /// A virtual function has an unexpected address.
    package static let vfAddress = Problem.Code("vf-address")
    /// The PCI Express link is too slow for the NIC.
    package static let pciLink = Problem.Code("pci-link")
    /// Driver= does not match DPDK's driver.
    package static let driverMismatch = Problem.Code("driver-mismatch")
    /// DPDK has no driver for a NIC.
    package static let pmdMissing = Problem.Code("pmd-missing")
    /// The drivers of a DPDK program were not checked.
    package static let pmdUnchecked = Problem.Code("pmd-unchecked")
}
