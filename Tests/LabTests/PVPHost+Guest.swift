import Lab
import LabTools

/// A guest with ssh, from a URL.
extension PVPHost {
    /// The private key that the guest lets in, on the host.
    static let key = "/root/guest-key"
    /// Where images from URLs lie.
    static let downloads = "/var/lib/pvpgen/images"

    /// A `[Guest]` with ssh.
    static func server(_ name: String, _ image: Published, vCPUs: Int = 1, _ more: String = "") -> String {
        guest(name, image: image.url, vCPUs: vCPUs) + "ImageChecksum=\(image.checksum)\nSSHKey=\(key).pub\n\(more)"
    }

    /// Runs a command in a guest through a port of the host's, as a user with this key.
    func ssh(
        to address: String = "127.0.0.1", port: Int = 2222, key: String = key, _ command: String
    ) throws -> (status: Int32, output: String) {
        let result = try shell.attempt(
            [
                "ssh", "-F", "none", "-p", "\(port)", "-i", key, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
                "-o",
                "ConnectTimeout=60",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
                "root@\(address)", command,
            ], within: Limit.guest)
        return (result.status, result.output)
    }

    /// Stops everything, forgets images and disks, and puts a configuration in place for which
    /// there are keys.
    func clear(_ configuration: String) throws {
        try idle(with: configuration)
        try shell.run(["rm", "-rf", Self.downloads, "/var/lib/pvpgen/guests"])
        for name in [Self.key, Self.key + "-wrong"] where try shell.attempt(["test", "-e", name]).status != 0 {
            try shell.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name])
        }
    }
}
