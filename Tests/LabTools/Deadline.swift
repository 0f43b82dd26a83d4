import Linux

/// A moment after which a wait is given up.
package struct Deadline: Sendable {
    private let end: Int

    /// So many seconds from now.
    package init(seconds: Int) { end = MonotonicClock.now + seconds * 1000 }

    /// Milliseconds that are left, 0 when it is over.
    package var milliseconds: Int { max(0, end - MonotonicClock.now) }

    /// Whether it is over.
    package var isOver: Bool { milliseconds == 0 }
}
