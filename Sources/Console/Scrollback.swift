/// The last of what was shown, for those who come later.
struct Scrollback {
    private let limit: Int
    private var bytes: [UInt8] = []
    private var isCut = false

    /// Keeps `limit` bytes.
    init(limit: Int) { self.limit = limit }

    mutating func append(_ new: [UInt8]) {
        bytes.append(contentsOf: new)
        // Cutting only at twice the size moves each byte once instead of with every read.
        if bytes.count > 2 * limit {
            bytes.removeFirst(bytes.count - limit)
            isCut = true
        }
    }

    /// At most `count` bytes, from the start of a line.
    func tail(_ count: Int) -> [UInt8] {
        let tail = bytes.suffix(min(count, limit))
        guard isCut || tail.count < bytes.count, let end = tail.firstIndex(of: 0x0a) else { return Array(tail) }
        return Array(tail[(end + 1)...])
    }
}
