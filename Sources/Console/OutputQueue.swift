/// Bytes, or entries, for a receiver that may be slow. One write is in progress at a time; the
/// number of written elements returns as an event.
struct OutputQueue<Element> {
    /// What was not taken yet.
    private(set) var pending: [Element] = []
    private var offered = 0
    /// Whether it has to be awaited.
    private(set) var isWaiting = false

    /// How many that are.
    var count: Int { pending.count }

    mutating func append(_ new: [Element]) {
        if pending.isEmpty { pending = new } else { pending.append(contentsOf: new) }
    }

    mutating func append(_ one: Element) { pending.append(one) }

    /// Everything that is pending, when no write is under way.
    mutating func offer() -> [Element]? {
        guard offered == 0, !isWaiting, !pending.isEmpty else { return nil }
        offered = pending.count
        return pending
    }

    /// Notes how much was taken of what was offered. True when it was not everything, so that its
    /// next turn has to be awaited.
    mutating func took(_ count: Int) -> Bool {
        isWaiting = count < offered
        offered = 0
        if count >= pending.count { pending = [] } else { pending.removeFirst(count) }
        return isWaiting
    }

    /// It can be written to again.
    mutating func resume() { isWaiting = false }

    /// Gives up what is pending, except for a write that is under way.
    mutating func drop() { pending = Array(pending.prefix(offered)) }
}
