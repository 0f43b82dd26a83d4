/// The settings of `[Guest]` that need no planning.
package struct GuestOptions: Hashable, Sendable {
    /// A kernel to boot instead of what the image has.
    package var kernel: String?
    /// Its initial RAM disk.
    package var initrd: String?
    /// Its command line.
    package var kernelCommandLine: String?
    /// Whether it has an IOMMU, and its interfaces are behind it.
    package var hasIOMMU = false
    /// QEMU's machine type.
    package var machine = "q35"
    /// The QEMU to use; `nil` for libvirt's choice.
    package var emulatorPath: String?
    /// Whether it is told to run a testpmd on its interfaces.
    package var testpmdInside = false
    /// When it counts as started.
    package var readyWhen = ReadyWhen.vhost
    /// How long that may take, in seconds.
    package var startTimeout = 180
    /// How long it may take to shut down, in seconds.
    package var stopTimeout = 60
    /// Every default.
    package init() {}
}

/// When a guest counts as started.
package enum ReadyWhen: String, CaseIterable, SettingConvertible {
    /// It runs.
    case running
    /// Its driver has set up the rings of all its vhost-user interfaces.
    case vhost
    /// Its agent has told libvirt that it is there.
    case agent
    /// Its SSH server answers at its management address.
    case ssh
}
