import CLinux
import Glibc

/// A process that this one has started.
package final class Child {
    /// How a process ended (`wait(2)`).
    package enum Ending: Hashable, Sendable {
        /// It exited with a status of 0 to 255.
        case status(Int32)
        /// A signal ended it.
        case signal(Int32)
    }

    /// Its number.
    package let pid: Int32
    /// Readable when it has ended (`pidfd_open(2)`, Linux 5.3).
    package let descriptor: Descriptor

    /// Watches a child of this process; when that is not possible, the child is killed.
    package init(_ pid: Int32) throws(SystemError) {
        self.pid = pid
        let number = clinux_pidfd_open(pid)
        guard number >= 0 else {
            let error = SystemError("pidfd_open", "process \(pid)")
            kill(pid, SIGKILL)
            _ = clinux_wait(pid)
            throw error
        }
        descriptor = Descriptor(owning: number)
    }

    /// Sends a signal; only before `reap()`, after which the number may be another's.
    package func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for its end and says how it was. Call it once.
    package func reap() throws(SystemError) -> Ending {
        var signal: Int32 = 0
        let status = clinux_reap(pid, &signal)
        guard status >= 0 else { throw SystemError("waitpid", "process \(pid)", code: -status) }
        return signal == 0 ? .status(status) : .signal(signal)
    }
}
