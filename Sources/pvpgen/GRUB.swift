import Linux
import Plan

/// GRUB as Debian and Ubuntu set it up: `update-grub` reads `/etc/default/grub.d/*.cfg`.
enum GRUB {
    /// Our file there; the number puts it after the distribution's own.
    static let path = "/etc/default/grub.d/60-pvpgen.cfg"
    /// Makes GRUB's own configuration from the files.
    static let update = Command(["update-grub"])

    /// Whether the machine boots that way.
    static func isThere(in root: Root) -> Bool {
        root.exists("/etc/default/grub.d") && ["/usr/sbin/update-grub", "/sbin/update-grub"].contains(where: root.exists)
    }

    /// The file: adds the arguments to those of others. Only the default entries get them; a rescue boot stays plain.
    static func content(_ arguments: [KernelArgument]) -> String {
        """
        # Written by pvpgen install; pvpgen uninstall removes it.
        GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT \(arguments.map(\.text).joined(separator: " "))"

        """
    }
}
