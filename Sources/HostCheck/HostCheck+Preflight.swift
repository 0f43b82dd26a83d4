package import Diagnostics
import Linux

extension HostCheck {
    /// What speaks against an installation: all that is wrong, but for what the installation, or
    /// the reboot after it, puts right.
    package var preflight: [Problem] {
        var awaited: Set<Problem.Code> = [
            .notBooted, .iommuOff, .hugepagesShort, .hugepagesUnmounted, .interrupts, .apparmor, .nicNetworkRecorded,
            .nicNetworkUnknown,
        ]
        // A tree does not run.
        if !root.prefix.isEmpty { awaited.formUnion([.libvirtUnreachable, .hugepagesUsed, .sshPortUsed]) }
        return problems.filter { !awaited.contains($0.code) }
    }
}
