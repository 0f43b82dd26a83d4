package import Diagnostics
import Linux

extension HostCheck {
    /// What speaks against an installation: all that is wrong, but for what the installation, or the reboot after it, puts right.
    package var preflight: [Problem] {
        var awaited: Set = [
            "not-booted", "iommu-off", "hugepages-short", "not-mounted", "interrupts", "apparmor", "nic-network-recorded",
            "nic-network-unknown",
        ]
        // A tree does not run.
        if !root.prefix.isEmpty { awaited.formUnion(["no-libvirt", "hugepages-used", "ssh-port-used"]) }
        return problems.filter { !awaited.contains($0.code) }
    }
}
