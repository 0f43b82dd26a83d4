import Linux

/// The machine's own list of users and groups (`passwd(5)`, `group(5)`). Not through NSS: a
/// directory server that does not answer would hold up testpmd's terminal, and a program without
/// NSS needs no library.
enum LocalAccounts {
    /// The user's name, or what to call one without.
    static func name(ofUser uid: UInt32) -> String {
        entries("/etc/passwd").first { $0.number == uid }?.name ?? "user \(uid)"
    }

    /// The group's number, or `nil` when there is no such group.
    static func number(ofGroup name: String) -> UInt32? { entries("/etc/group").first { $0.name == name }?.number }

    /// Both files have the name in the first field and the number in the third.
    private static func entries(_ path: String) -> some Sequence<(name: String, number: UInt32)> {
        ((try? Root.machine.bytes(path)) ?? []).split(separator: 0x0a).lazy.compactMap { line in
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count > 2, let number = UInt32(String(decoding: fields[2], as: UTF8.self)) else { return nil }
            return (String(decoding: fields[0], as: UTF8.self), number)
        }
    }
}
