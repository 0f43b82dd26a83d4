import Diagnostics
import Linux

/// GRUB whose grub.cfg has the entries, written by grub-mkconfig from `/etc/default/grub`: Arch,
/// openSUSE, Fedora without entries in files.
enum ConfiguredGRUB: BootLoaderFiles {
    static let expected = "/etc/default/grub, and grub.cfg in /boot/grub or /boot/grub2 with the program that writes it"

    static func exists(in root: Root) throws(Problem) -> Bool {
        guard !root.isMissing(EntryGRUB.defaults) else { return false }
        return try update(root) != nil
    }

    static func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps {
        var steps = BootSteps()
        steps.shared = [.init(EntryGRUB.defaults, .grubDefault, isTemplate: true)]
        steps.commands = try update(root).map { [$0] } ?? []
        return steps
    }

    /// The command that writes grub.cfg; `nil` when none is installed.
    private static func update(_ root: Root) throws(Problem) -> Command? {
        for (name, directory) in [("grub-mkconfig", "/boot/grub"), ("grub2-mkconfig", "/boot/grub2")] {
            guard try root.isPresent("\(directory)/grub.cfg") else { continue }
            if ["/usr/bin", "/usr/sbin"].contains(where: { root.exists("\($0)/\(name)") }) {
                return Command([name, "-o", "\(directory)/grub.cfg"])
            }
        }
        return nil
    }
}
