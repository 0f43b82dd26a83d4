extension ValueType where Value == String {
    /// Where a socket unit may listen (`systemd.socket(5)`, `ListenStream=`): only this machine can
    /// reach it.
    static let listen = ValueType(
        "a path below /run such as /run/pvp/metrics.sock, or a loopback address such as 127.0.0.1:9718 or [::1]:9718"
    ) {
        text in
        isSocketPath(text) || isLoopback(text) ? text : nil
    }

    /// A path that a unix socket can have: 107 bytes at most (`unix(7)`).
    private static func isSocketPath(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return text.hasPrefix("/run/") && text.utf8.count <= 107 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            && parts.allSatisfy { !["", ".", ".."].contains($0) }
    }

    private static func isLoopback(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), isPort(text[text.index(after: colon)...]) else { return false }
        let address = text[..<colon]
        if address == "[::1]" { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { isNumber($0, within: 0...255) }
    }

    private static func isPort(_ text: Substring) -> Bool { isNumber(text, within: 1...65535) }

    /// A number as a socket address has it: digits only, none of them a 0 in front.
    private static func isNumber(_ text: Substring, within range: ClosedRange<Int>) -> Bool {
        guard let number = Int(text), range.contains(number) else { return false }
        return text == "\(number)"
    }
}
