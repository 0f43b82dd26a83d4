import Diagnostics
import Linux

/// GRUB as Fedora and RHEL set it up. The entries are changed here and not by grubby: it takes out
/// every argument with the name of one that it adds, those of others too, and of two `hugepagesz=`
/// leaves one.
enum EntryGRUB: BootLoaderFiles {
    static let defaults = "/etc/default/grub"
    static let expected = "/boot/loader/entries/*.conf, and GRUB's files in /boot/grub2"

    static func exists(in root: Root) throws(Problem) -> Bool {
        guard try root.isPresent("/boot/grub2"), try !entries(root).paths().isEmpty else { return false }
        // OSTree writes its entries again for each deployment; the arguments are rpm-ostree's.
        return isOn(root) && !root.exists("/ostree/repo")
    }

    static func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps {
        var steps = BootSteps()
        // grub2-mkconfig --update-bls-cmdline, and every grub2-mkconfig of RHEL before 9.3, writes
        // the entries' arguments from this.
        if !root.isMissing(defaults) { steps.shared.append(.init(defaults, .grub)) }
        steps.shared += try entries(root).shared()
        return steps
    }

    private static func entries(_ root: Root) -> LoaderEntries {
        LoaderEntries(root: root, directory: "/boot/loader/entries")
    }

    /// `GRUB_ENABLE_BLSCFG=false` has the entries in grub.cfg.
    private static func isOn(_ root: Root) -> Bool {
        let lines = ((try? root.text(defaults)) ?? "").split(separator: "\n")
        return !lines.contains { $0.hasPrefix("GRUB_ENABLE_BLSCFG=") && $0.contains("false") }
    }
}
