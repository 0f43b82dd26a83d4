import Linux

/// A systemd credential that each boot of the guest reads (`systemd.system-credentials(7)`, tmpfiles.extra): its files of ssh, as `tmpfiles.d(5)` has them.
struct Credentials {
    /// Lines of `authorized_keys`.
    let key: String
    let host: HostKey

    /// `~` is for base64: a key may have anything in it. An `f+` file is written anew at each boot, so another key takes the place of the one before.
    var text: String {
        [
            "d /root/.ssh 0700 root root -",
            file("/root/.ssh/authorized_keys", "0600", key),
            file("/etc/ssh/ssh_host_ed25519_key", "0600", host.secret),
            file("/etc/ssh/ssh_host_ed25519_key.pub", "0644", host.open),
        ].map { $0 + "\n" }.joined()
    }

    private func file(_ path: String, _ mode: String, _ content: String) -> String {
        "f+~ \(path) \(mode) root root - \(Base64.encode(Array(content.utf8)))"
    }
}

/// RFC 4648, 4.
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? letters[number >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
