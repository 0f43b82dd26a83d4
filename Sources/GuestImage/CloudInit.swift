import Linux
import Values

/// What cloud-init reads from a volume that is called CIDATA (cloud-init:
/// doc/rtd/reference/datasources/nocloud.rst).
struct CloudInit {
    let guest: String
    /// Lines of `authorized_keys`.
    let key: String
    let host: HostKey

    /// All values are JSON's, which YAML reads as well.
    var userData: String {
        let keys = key.split(separator: "\n").map { Self.quoted(String($0)) }.joined(separator: ", ")
        let secret = host.privateKey.split(separator: "\n").map { "    \($0)\n" }.joined()
        return """
            #cloud-config
            disable_root: false
            ssh_pwauth: false
            users:
              - name: root
                ssh_authorized_keys: [\(keys)]
            ssh_deletekeys: true
            ssh_keys:
              ed25519_private: |
            \(secret)  ed25519_public: \(Self.quoted(String(host.publicKey.dropLast())))

            """
    }

    /// cloud-init does its work once for each instance, so other content is another instance.
    var metaData: String {
        "instance-id: \(guest)-\(String(FNV1a.hash64(Array(userData.utf8)), radix: 16))\n"
            + "local-hostname: \(HostName.label(guest))\n"
    }

    /// Names of hosts have no underscore; nothing here has a control character.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// An ISO 9660 image of a directory's files.
    static func command(_ file: String, _ directory: String) -> Command {
        Command([
            "xorriso", "-as", "genisoimage", "-quiet", "-output", file, "-volid", "CIDATA", "-joliet", "-rational-rock",
            "\(directory)/user-data", "\(directory)/meta-data",
        ])
    }
}
