import Diagnostics
import Linux
import Plan

/// The SSH host key of a guest: created here, once, so that no client has to trust the first
/// connection.
struct HostKey: Hashable {
    /// The private key, as OpenSSH keeps it.
    var privateKey: String
    /// The public key, in one line.
    var publicKey: String

    static func command(_ file: String, for guest: String) -> Command {
        Command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "guest \(guest)", "-f", file])
    }

    /// The line for ssh, by which a guest of that name is known (`sshd(8)`, SSH_KNOWN_HOSTS FILE
    /// FORMAT).
    func knownHosts(_ guest: String) -> String {
        "\(guest) \(publicKey.split(separator: " ").prefix(2).joined(separator: " "))\n"
    }

    /// Reads a guest's key; the first time, creates it.
    init(of disk: DiskPlan, in root: Root) throws(Problem) {
        let hasPrivateKey = try root.isPresent(disk.hostKey)
        let hasPublicKey = try root.isPresent(disk.hostKey + ".pub")
        if !hasPrivateKey || !hasPublicKey { try Self.make(disk, root) }
        do {
            // OpenSSH takes no key without the end of its last line.
            privateKey = try root.text(disk.hostKey) + "\n"
            publicKey = try root.text(disk.hostKey + ".pub") + "\n"
            let lines = Array(knownHosts(disk.guest).utf8)
            // Every user's 'pvpgen ssh' reads it.
            if try root.contents(disk.knownHosts) != lines {
                try root.replace(disk.knownHosts, with: lines, mode: 0o644)
            }
        } catch {
            throw error.problem(.imageState, remedy: "run the command as root")
        }
    }

    private static func make(_ disk: DiskPlan, _ root: Root) throws(Problem) {
        let draft = disk.hostKey + ".part"
        do {
            for file in [draft, draft + ".pub"] { try root.remove(file) }
            try command(root.path(draft), for: disk.guest).expectSuccess(
                .keyNotCreated, disk.hostKey,
                remedy: "install the package openssh-client or openssh, and free space there")
            // The public one last: without it both are created again.
            try root.publish(draft, as: disk.hostKey)
            try root.publish(draft + ".pub", as: disk.hostKey + ".pub")
        } catch let error as SystemError {
            throw error.problem(.imageState, remedy: "run the command as root")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.keyNotCreated, "\(disk.hostKey): \(error)", remedy: "run the command as root")
        }
    }
}
