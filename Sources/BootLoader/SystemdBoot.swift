import Diagnostics
import Linux

/// systemd-boot with an entry in a file for each kernel. Entries are changed in place:
/// `kernel-install add` would replace them, without the changes of other tools.
enum SystemdBoot: BootLoaderFiles {
    static let expected = "systemd-boot, and loader/entries/*.conf on its partition or in /boot"

    static func exists(in root: Root) throws(Problem) -> Bool {
        guard try isInstalled(root) else { return false }
        return try !entries(root).isEmpty
    }

    static func steps(_ arguments: [String], in root: Root) throws(Problem) -> BootSteps {
        var steps = BootSteps()
        for entries in try entries(root) {
            for file in try entries.shared() where !steps.shared.contains(where: { $0.path == file.path }) {
                steps.shared.append(file)
            }
        }
        return steps
    }

    /// Where firmware looks for programs, and XBOOTLDR (`bootctl(1)`).
    static let partitions = ["/efi", "/boot", "/boot/efi"]

    private static func isInstalled(_ root: Root) throws(Problem) -> Bool {
        for partition in partitions {
            let names = try root.names(in: "\(partition)/EFI/systemd")
            if names.contains(where: { $0.hasPrefix("systemd-boot") }) { return true }
        }
        return false
    }

    private static func entries(_ root: Root) throws(Problem) -> [LoaderEntries] {
        var found: [LoaderEntries] = []
        for partition in partitions {
            let entries = LoaderEntries(root: root, directory: "\(partition)/loader/entries")
            if try !entries.paths().isEmpty { found.append(entries) }
        }
        return found
    }
}
