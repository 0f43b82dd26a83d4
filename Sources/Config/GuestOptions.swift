package import Values

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
    /// The `[Build]` that provides it; `nil` for `emulatorPath`.
    package var build: String?
    /// Whether a testpmd in the guest forwards between its interfaces.
    package var guestTestpmd = false
    /// When it counts as started.
    package var readyWhen = ReadyWhen.vhost
    /// How long that may take, in seconds.
    package var startTimeout = 180
    /// How long it may take to shut down, in seconds.
    package var stopTimeout = 60
    /// Every default.
    package init() {}
}

extension ReadyWhen: SettingConvertible {}
