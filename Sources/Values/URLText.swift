extension String {
    /// The text for people, with `***` for the user and password of each URL in it (RFC 3986,
    /// section 3.2.1).
    package var withoutCredentials: String {
        guard utf8.contains(UInt8(ascii: "@")) else { return self }
        let mark = Array("://".utf8)
        let bytes = Array(utf8)
        var shown: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index...].starts(with: mark) else {
                shown.append(bytes[index])
                index += 1
                continue
            }
            index += mark.count
            shown += mark
            let authority = bytes[index...].prefix { $0 > 0x20 && !"/?#\"'\\".utf8.contains($0) }
            if let end = authority.lastIndex(of: UInt8(ascii: "@")) {
                shown += Array("***".utf8)
                index = end
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }
}
