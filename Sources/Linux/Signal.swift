import Glibc

/// Signals by their numbers (`signal(7)`).
package enum Signal {
    package static let hup = SIGHUP
    package static let int = SIGINT
    package static let quit = SIGQUIT
    package static let kill = SIGKILL
    package static let usr1 = SIGUSR1
    package static let pipe = SIGPIPE
    package static let term = SIGTERM
    package static let cont = SIGCONT
    package static let tstp = SIGTSTP
    package static let winch = SIGWINCH

    /// Has this process go on when a signal comes (`SIG_IGN`), and its children, too.
    package static func ignore(_ signal: Int32) { _ = Glibc.signal(signal, SIG_IGN) }
}

/// Signals that a thread of their own waits for (`sigwait(3)`), in a program with several threads.
package struct AwaitedSignals: Sendable {
    private let set: sigset_t

    /// Blocks the signals in this thread and in those that it creates from now on.
    package init(_ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    /// Waits for the next signal; `nil` when that is not possible.
    package func next() -> Int32? {
        var set = set
        var signal: Int32 = 0
        return sigwait(&set, &signal) == 0 ? signal : nil
    }
}
