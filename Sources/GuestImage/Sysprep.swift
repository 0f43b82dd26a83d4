import Config
import Diagnostics
import Linux
import Plan

/// virt-sysprep on a disk that no guest has seen yet (`virt-sysprep(1)`): cleaned of what was its
/// maker's, with what is the guest's own.
struct Sysprep {
    let uninstall: PackageToRemove?
    /// A file with public keys.
    let key: String?
    /// A file with the private key of the guest; the public one has `.pub` behind it.
    let hostKey: String
    /// A file with further commands.
    let commands: String?

    /// libguestfs starts QEMU itself: through libvirt it would be a user that may not read what is
    /// root's.
    func command(_ disk: String) -> Command {
        var arguments = [
            "env", "LIBGUESTFS_BACKEND=direct", "virt-sysprep", "--quiet", "--format", "qcow2", "--add", disk,
        ]
        if let uninstall { arguments += ["--uninstall", uninstall.rawValue] }
        if let key { arguments += ["--ssh-inject", "root:file:\(key)"] }
        // Its clean-up removes the image's host keys, and many images create no new ones: sshd
        // would never start.
        arguments += [
            "--mkdir", "/etc/ssh", "--upload", "\(hostKey):/etc/ssh/ssh_host_ed25519_key", "--chmod",
            "0600:/etc/ssh/ssh_host_ed25519_key",
            "--upload", "\(hostKey).pub:/etc/ssh/ssh_host_ed25519_key.pub",
        ]
        if let commands { arguments += ["--commands-from-file", commands] }
        return Command(arguments + ["--selinux-relabel"])
    }

    /// The command that puts a hash into root's line of `shadow(5)`. Not an argument: everybody on
    /// the host would read it.
    static func setPassword(_ hash: String) -> String {
        "edit /etc/shadow:s|^root:[^:]*:|root:\(hash.replacing("$", with: "\\$")):|\n"
    }

    /// Reads the hash of a password, as `crypt(5)` has it. A password as such is refused.
    static func readHash(_ path: String, in root: Root) throws(Problem) -> String {
        let text: String
        do {
            text = try root.text(path)
        } catch {
            throw Problem(
                .passwordUnreadable, "RootPasswordFile=\(path): \(error.reason)",
                remedy: "correct RootPasswordFile= in [Guest], or run 'openssl passwd -6 > \(path)'")
        }
        let isClean = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: "./$,=-".utf8.contains(byte)
            }
        }
        guard isClean, text.hasPrefix("$"), text.split(separator: "$").count >= 3 else {
            throw Problem(
                .passwordInvalid,
                "RootPasswordFile=\(path): expected one line with a hash such as $6$salt$…, got other content",
                remedy: "run 'openssl passwd -6 > \(path)'")
        }
        return text
    }
}
