import Linux

/// SIGTERM, SIGINT and SIGUSR1, taken by a thread of their own.
struct Termination {
    /// Blocks the signals in this thread and those that it starts from now on.
    private let signals = AwaitedSignals([Signal.term, Signal.int, Signal.usr1])

    /// Calls `body` for each signal that arrives, on a thread of its own; `leaves` for SIGUSR1.
    func watch(_ body: @escaping @Sendable (_ leaves: Bool) -> Void) {
        DetachedThread.start { [signals] in
            while let signal = signals.next() { body(signal == Signal.usr1) }
        }
    }
}
