/// Follows how testpmd's line editor reads the bytes that go to it: within an escape sequence,
/// Enter is no Enter (DPDK: lib/cmdline/cmdline_vt100.c).
struct KeyStream {
    /// An escape sequence that is not complete.
    private(set) var pending: [UInt8] = []
    /// Whether it began with `ESC [`.
    private var isLong = false

    /// The editor keeps so many bytes of a sequence; the next one starts a new sequence.
    private static let limit = 8

    /// Ends a sequence, however far it is, and does nothing else.
    static let release = [UInt8](repeating: 0, count: limit - 1)

    /// The key that this byte is by itself; `nil` when it belongs to a sequence.
    mutating func take(_ byte: UInt8) -> UInt8? {
        if pending.count == Self.limit { pending = [] }
        guard !pending.isEmpty else {
            guard byte == 0x1b else { return byte }
            pending = [byte]
            isLong = false
            return nil
        }
        let isEnd = isLong ? (0x40...0x7e).contains(byte) : (0x30...0x7f).contains(byte) && byte != UInt8(ascii: "[")
        if !isLong, byte == UInt8(ascii: "[") { isLong = true }
        if isEnd { pending = [] } else { pending.append(byte) }
        return nil
    }

    /// The sequence was ended from outside.
    mutating func reset() { pending = [] }
}
