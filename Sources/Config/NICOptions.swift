/// The settings of `[NIC]` that need no planning.
package struct NICOptions: Hashable, Sendable {
    /// Who drives it.
    package var driver = NICDriver.vfioPCI
    /// Whether it is taken although the host's network uses it.
    package var isForced = false
    /// Arguments for its driver in DPDK, behind its address in `-a`.
    package var deviceArguments: String?
    /// Every default.
    package init() {}
}

/// Who drives a NIC while testpmd uses it.
package enum NICDriver: String, CaseIterable, SettingConvertible {
    /// User space, through VFIO.
    case vfioPCI = "vfio-pci"
    /// Its kernel driver, beside a bifurcated driver of DPDK's such as mlx5 (DPDK:
    /// doc/guides/linux_gsg/linux_drivers.rst).
    case none
}
