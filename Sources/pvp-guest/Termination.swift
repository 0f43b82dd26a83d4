import Glibc
import Libvirt

/// SIGTERM, SIGINT and SIGUSR1, taken by a thread of their own.
struct Termination {
    private let signals: sigset_t

    /// Blocks the signals in this thread and those that it makes from now on.
    init() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGUSR1] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        self.signals = signals
    }

    /// Calls `body` for each signal that arrives, on a thread of its own; `leaves` for SIGUSR1.
    func watch(_ body: @escaping @Sendable (_ leaves: Bool) -> Void) {
        EventLoop.inBackground { [signals] in
            var signals = signals
            var signal: Int32 = 0
            while sigwait(&signals, &signal) == 0 { body(signal == SIGUSR1) }
        }
    }
}
