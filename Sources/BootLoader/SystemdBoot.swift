import Diagnostics
import Linux

/// systemd-boot with an entry in a file for each kernel. Entries are changed in place:
/// `kernel-install add` would replace them, without the changes of other tools.
enum SystemdBoot: BootLoaderFiles {
    static let expected = "systemd-boot, and loader/entries/*.conf on its partition or in /boot"

    static func exists(in root: Root) -> Bool { isInstalled(root) && !entries(root).isEmpty }

    static func steps(_ arguments: [String], in root: Root) -> BootSteps {
        var steps = BootSteps()
        for entries in entries(root) {
            for file in entries.shared where !steps.shared.contains(where: { $0.path == file.path }) {
                steps.shared.append(file)
            }
        }
        return steps
    }

    /// Where firmware looks for programs, and XBOOTLDR (`bootctl(1)`).
    static let partitions = ["/efi", "/boot", "/boot/efi"]

    private static func isInstalled(_ root: Root) -> Bool {
        partitions.contains {
            !((try? root.list("\($0)/EFI/systemd")) ?? []).filter { $0.hasPrefix("systemd-boot") }.isEmpty
        }
    }

    private static func entries(_ root: Root) -> [LoaderEntries] {
        partitions.map { LoaderEntries(root: root, directory: "\($0)/loader/entries") }.filter { !$0.paths.isEmpty }
    }
}
