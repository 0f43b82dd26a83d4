package import BootLoader
package import Diagnostics
package import Linux
import Values

extension BootSteps {
    /// Creates the file that a program writes; `nil` if there is none, or it is up to date. In a
    /// dry run `runner` prints the command.
    package func produced(_ arguments: [String], after manifest: Manifest?, in root: Root, with runner: CommandRunner)
        throws(Problem) -> (
            path: String, content: [UInt8]?
        )?
    {
        guard let product else { return nil }
        let record = manifest?.owned.first { $0.path == product.path }
        if let content = try? root.bytes(product.path), manifest?.arguments == arguments,
            record?.hash == SHA256.hexadecimal(content)
        {
            return (product.path, content)
        }
        guard runner.runs else {
            try runner.run(product.command(to: product.path))
            return (product.path, nil)
        }
        let draft = "/run/pvpgen-addon.efi"
        defer { try? root.remove(draft) }
        try runner.run(product.command(to: draft))
        do throws(SystemError) {
            return (product.path, try root.bytes(draft))
        } catch {
            throw error.problem(
                .addonMissing, remedy: "run by hand: \(product.command(to: draft).arguments.joined(separator: " "))")
        }
    }
}
