import Diagnostics
import Libvirt

extension Problem {
    /// A failure of libvirt for a guest, with a remedy.
    init(guest: String, _ action: String, _ error: LibvirtError) {
        let (code, remedy) = Self.remedy(for: error)
        self.init(code, "guest \(guest): \(action): \(error.message)", remedy: remedy)
    }

    /// libvirt cannot be reached at all.
    init(guest: String, unreachable uri: String, _ error: LibvirtError) {
        let denied = error.kind == .denied
        self.init(
            denied ? .libvirtDenied : .libvirtUnreachable,
            "guest \(guest): cannot reach libvirt at \(uri): \(error.message)",
            remedy: denied ? Self.accessRemedy : "start it: systemctl start libvirtd (or virtqemud.socket)"
        )
    }

    private static let accessRemedy = "run as root or as a member of group libvirt"
    private static let virtualisation = "turn on virtualisation in the firmware and load kvm_intel or kvm_amd"
    private static let memory = "lower [Guest] Memory= or reserve more [Hugepages] Pages="
    private static let image = "check [Guest] Image= and that user libvirt-qemu may read it"
    private static let section = "check what the guest's [Guest] section asks for: systemctl cat shows the XML"
    private static let directory = "check that the socket's directory exists, of group kvm and mode 0770: systemd-tmpfiles --create"

    private static func remedy(for error: LibvirtError) -> (code: Problem.Code, remedy: String) {
        switch error.kind {
        case .xml: return (.domainXML, section)
        case .exists: return (.domainExists, "rename the guest, or remove the domain; 'virsh list --all' lists the domains")
        case .denied: return (.libvirtDenied, accessRemedy)
        default: break
        }
        // libvirt has one number for most of what an emulator says, so the words decide.
        for (part, code, remedy) in words where error.message.contains(part) { return (code, remedy) }
        return (.domainFailed, "see /var/log/libvirt/qemu and journalctl -u libvirtd -u virtqemud")
    }

    private static let words: [(part: String, code: Problem.Code, remedy: String)] = [
        ("virt type 'kvm'", .kvmMissing, virtualisation),
        ("KVM kernel module", .kvmMissing, virtualisation),
        ("/dev/kvm", .kvmMissing, virtualisation),
        (
            "hugetlbfs filesystem is not mounted", .hugepagesUnmounted,
            "restart libvirt, which looks for mounted hugepages only when it starts"
        ),
        ("Cannot allocate memory", .memoryShort, memory),
        ("memory backing store", .memoryShort, memory),
        ("QEMU binary", .emulatorMissing, "install the emulator: package qemu-system-x86"),
        ("bind socket", .vhostSocket, directory),
        ("etwork not found", .networkMissing, "run 'systemctl status pvp-network' for the reason"),
        ("etwork '", .networkMissing, "run 'systemctl status pvp-network' for the reason"),
        ("storage file", .imageUnreadable, image),
        ("Could not open", .imageUnreadable, image),
        ("open file", .imageUnreadable, image),
        ("Image is not in", .imageFormat, "check that [Guest] Image= is of the format given: qemu-img info"),
        ("unsupported configuration", .domainUnsupported, section),
    ]
}
