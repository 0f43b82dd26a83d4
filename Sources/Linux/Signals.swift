import CLinux
import Glibc

/// Signals that come as bytes of a descriptor instead of interrupting (`signalfd(2)`), for as long
/// as this object lives.
package final class Signals {
    /// Readable when a signal has come.
    package let descriptor: Descriptor
    private var previous = sigset_t()

    /// Blocks the signals for this thread and takes them from now on. In a program with threads,
    /// create it before the first one.
    package init(_ signals: [Int32]) throws(SystemError) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, &previous)
        let number = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else {
            let error = SystemError("signalfd", "signals")
            pthread_sigmask(SIG_SETMASK, &previous, nil)
            throw error
        }
        descriptor = Descriptor(owning: number)
    }

    deinit { pthread_sigmask(SIG_SETMASK, &previous, nil) }

    /// The next signal that has come, or `nil` when there is none.
    package func next() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        return read(descriptor.number, &info, size) == size ? Int32(info.ssi_signo) : nil
    }

    /// Does to this process what a signal that was taken does to one that does not take it, and
    /// returns when it goes on.
    package func raise(_ signal: Int32) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        kill(getpid(), signal)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }
}
