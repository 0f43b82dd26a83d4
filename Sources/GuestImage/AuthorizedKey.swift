import Diagnostics
import Linux
import Plan
import Values

/// The public keys of a file that `SSHKey=` names.
enum AuthorizedKey {
    /// The file's lines that are keys. A private key or another file is refused: the first would be
    /// readable in the guest, the second would permit no login.
    static func read(_ path: String, in root: Root) throws(Problem) -> String {
        let text: String
        do {
            text = try root.text(path)
        } catch {
            throw Problem(
                .keyUnreadable, "SSHKey=\(path): \(error.reason)",
                remedy: "correct SSHKey= in [Guest], or run 'ssh-keygen' to create a key"
            )
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter {
            !$0.isEmpty && !$0.hasPrefix("#")
        }
        guard !lines.isEmpty, lines.allSatisfy(isKey) else {
            let found = text.contains("PRIVATE KEY") ? "a private key was found" : "something else was found"
            throw Problem(
                .keyInvalid, "SSHKey=\(path): expected OpenSSH public keys, one in each line, \(found)",
                remedy: "set SSHKey= to the file that ends in .pub")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A type, and a blob that begins with its length, which is 0 in the first byte: `AAAA` (RFC
    /// 4253, 6.6). Options may come before.
    private static func isKey(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        let types = ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"]
        return !line.hasControlCharacters
            && zip(words, words.dropFirst()).contains { type, blob in
                types.contains { type.hasPrefix($0) } && blob.hasPrefix("AAAA")
            }
    }
}
