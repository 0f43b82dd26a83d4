import Linux

/// The user that QEMU runs as, from the host's own files (passwd(5), group(5), libvirt's
/// qemu.conf).
struct QEMUAccount {
    /// `nil` if there is no such user: then QEMU is one of all others.
    private(set) var user: UInt32?
    /// Its groups.
    private(set) var groups: Set<UInt32> = []

    init(in root: Root) {
        let names: [String] = Self.configured(in: root).map { [$0] } ?? ["libvirt-qemu", "qemu"]
        let users = Self.entries("/etc/passwd", root)
        for name in names {
            guard let entry = users.first(where: { $0[0] == name || name == "+" + $0[2] }) else { continue }
            user = UInt32(entry[2])
            if let group = UInt32(entry[3]) { groups.insert(group) }
            for group in Self.entries("/etc/group", root) where group[3].split(separator: ",").contains(entry[0][...]) {
                if let number = UInt32(group[2]) { groups.insert(number) }
            }
            return
        }
    }

    /// The fields of each line, four at least.
    private static func entries(_ path: String, _ root: Root) -> [[String]] {
        let text: String = (try? root.text(path)) ?? ""
        let lines = text.split(separator: "\n").map { line -> [String] in
            line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
        return lines.filter { $0.count > 3 }
    }

    /// `user = "NAME"`
    private static func configured(in root: Root) -> String? {
        let text: String = (try? root.text("/etc/libvirt/qemu.conf")) ?? ""
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "=" }
            if words.count == 2, words[0] == "user" { return String(words[1]) }
        }
        return nil
    }
}
