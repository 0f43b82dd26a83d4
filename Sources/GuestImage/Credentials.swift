import Linux
import Values

/// A systemd credential that each boot of the guest reads (`systemd.system-credentials(7)`,
/// tmpfiles.extra): its files of ssh, as `tmpfiles.d(5)` has them.
struct Credentials {
    /// Lines of `authorized_keys`.
    let key: String
    let host: HostKey

    /// `~` is for base64: a key may have anything in it. An `f+` file is written at each boot, so
    /// another key replaces the one before.
    var text: String {
        [
            "d /root/.ssh 0700 root root -",
            file("/root/.ssh/authorized_keys", "0600", key),
            file("/etc/ssh/ssh_host_ed25519_key", "0600", host.privateKey),
            file("/etc/ssh/ssh_host_ed25519_key.pub", "0644", host.publicKey),
        ].map { $0 + "\n" }.joined()
    }

    private func file(_ path: String, _ mode: String, _ content: String) -> String {
        "f+~ \(path) \(mode) root root - \(Base64.encode(Array(content.utf8)))"
    }
}
