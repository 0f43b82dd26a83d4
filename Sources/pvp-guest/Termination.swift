import Glibc
import Libvirt

/// SIGTERM and SIGINT, taken by a thread of their own.
struct Termination {
    private let signals: sigset_t

    /// Blocks the signals in this thread and those that it makes from now on.
    init() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        self.signals = signals
    }

    /// Calls `body` for each signal that comes, on a thread of its own.
    func watch(_ body: @escaping @Sendable () -> Void) {
        EventLoop.inBackground { [signals] in
            var signals = signals
            var signal: Int32 = 0
            while sigwait(&signals, &signal) == 0 { body() }
        }
    }
}
