/// A library that QEMU is built with if the build host has it: the guests run without it as well.
package enum QEMULibrary: String, CaseIterable, Hashable, Sendable {
    /// Disks with `io='io_uring'`.
    case ioUring = "linux-io-uring"
    /// Images with zstd compression, as Fedora publishes.
    case zstd = "zstd"
}
