/// Frames out of bytes that come in pieces.
package struct FrameReader: Sendable {
    /// What a peer sent is no frame, or too long a one: nothing more can be read of it.
    package struct Malformed: Error, Hashable {}

    private let limit: Int
    private var pending: [UInt8] = []

    /// Bodies have `limit` bytes at most.
    package init(limit: Int = Frame.limit) { self.limit = limit }

    /// Bytes that belong to no whole frame yet.
    package var count: Int { pending.count }

    /// The frames that these bytes complete.
    package mutating func read(_ bytes: some Collection<UInt8>) throws(Malformed) -> [Frame] {
        pending.append(contentsOf: bytes)
        var frames: [Frame] = []
        var start = 0
        while pending.count - start >= 4 {
            let length = Frame.number(pending[start + 1..<start + 4])
            guard length <= limit else { throw Malformed() }
            let end = start + 4 + length
            guard end <= pending.count else { break }
            guard let frame = Frame(kind: pending[start], body: pending[start + 4..<end]) else { throw Malformed() }
            frames.append(frame)
            start = end
        }
        pending.removeFirst(start)
        return frames
    }
}
