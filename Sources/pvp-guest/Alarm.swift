import Synchronization

/// Whether the end of a connection starts a reconnection: that of a connection which is still tried
/// does not, because the loop that tries it goes on. So there is one loop at a time.
final class Alarm: Sendable {
    private enum State: Hashable {
        case trying, armed, rung
    }

    private let state = Mutex(State.trying)

    /// The connection is in use from now on. False when it has ended already.
    func arm() -> Bool {
        state.withLock { state in
            if state == .rung { return false }
            state = .armed
            return true
        }
    }

    /// The connection has ended. True when that is to be acted upon.
    func ring() -> Bool {
        state.withLock { state in
            defer { state = .rung }
            return state == .armed
        }
    }
}
