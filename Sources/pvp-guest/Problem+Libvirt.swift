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
            remedy: denied ? Self.accessRemedy : "run 'systemctl start libvirtd' or 'systemctl start virtqemud.socket'"
        )
    }

    private static let accessRemedy = "run the command as root or as a member of the group libvirt"
    private static let virtualization = "enable virtualization in the firmware, and load kvm_intel or kvm_amd"
    private static let memory = "lower Memory= in [Guest], or raise Pages= in [Hugepages]"
    private static let image = "correct Image= in [Guest], and let user libvirt-qemu read the file"
    private static let section = "correct the [Guest] section; 'systemctl cat' of the unit prints the XML"
    private static let directory =
        "run 'systemd-tmpfiles --create', which creates the socket's directory with group kvm and mode 0770"

    private static func remedy(for error: LibvirtError) -> (code: Problem.Code, remedy: String) {
        switch error.kind {
        case .xml: return (.domainXML, section)
        case .exists:
            return (.domainExists, "rename the guest, or remove the domain; 'virsh list --all' lists the domains")
        case .denied: return (.libvirtDenied, accessRemedy)
        default: break
        }
        // libvirt has one number for most of what an emulator says, so the words decide.
        for (part, code, remedy) in words where error.message.contains(part) { return (code, remedy) }
        return (.domainFailed, "read /var/log/libvirt/qemu and 'journalctl -u libvirtd -u virtqemud'")
    }

    private static let words: [(part: String, code: Problem.Code, remedy: String)] = [
        ("virt type 'kvm'", .kvmMissing, virtualization),
        ("KVM kernel module", .kvmMissing, virtualization),
        ("/dev/kvm", .kvmMissing, virtualization),
        (
            "hugetlbfs filesystem is not mounted", .hugepagesUnmounted,
            "restart libvirt, which looks for mounted hugepages only when it starts"
        ),
        ("Cannot allocate memory", .memoryShort, memory),
        ("memory backing store", .memoryShort, memory),
        ("QEMU binary", .emulatorMissing, "install the package qemu-system-x86"),
        ("bind socket", .vhostSocket, directory),
        ("etwork not found", .networkMissing, "run 'systemctl status pvp-network' for the reason"),
        ("etwork '", .networkMissing, "run 'systemctl status pvp-network' for the reason"),
        ("storage file", .imageUnreadable, image),
        ("Could not open", .imageUnreadable, image),
        ("open file", .imageUnreadable, image),
        ("Image is not in", .imageFormat, "check the format of Image= in [Guest] with 'qemu-img info'"),
        ("unsupported configuration", .domainUnsupported, section),
    ]
}
