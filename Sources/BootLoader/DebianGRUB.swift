import Diagnostics
import Linux

/// GRUB as Debian and Ubuntu set it up: `update-grub` reads `/etc/default/grub.d/*.cfg`, now and
/// for each new kernel.
enum DebianGRUB: BootLoaderFiles {
    /// Our file; the number sorts it after the distribution's own.
    static let path = "/etc/default/grub.d/60-pvpgen.cfg"
    /// Writes GRUB's own configuration from the files.
    static let update = Command(["update-grub"])
    static let expected = "/etc/default/grub.d and update-grub"

    static func exists(in root: Root) throws(Problem) -> Bool {
        guard try root.isPresent("/etc/default/grub.d") else { return false }
        return ["/usr/sbin/update-grub", "/sbin/update-grub"].contains(where: root.exists)
    }

    static func steps(_ arguments: [String], in root: Root) -> BootSteps {
        var steps = BootSteps()
        if !arguments.isEmpty { steps.owned[path] = Array(content(arguments).utf8) }
        steps.commands = [update]
        return steps
    }

    /// The file: adds the arguments to those of others. Only the default entries get them; a rescue
    /// boot stays plain.
    static func content(_ arguments: [String]) -> String {
        """
        # Written by pvpgen install; pvpgen uninstall removes it.
        GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT \
        \(SharedFormat.quoted(arguments.joined(separator: " ")))"

        """
    }
}
