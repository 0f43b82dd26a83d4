import CLinux
import Glibc

/// A process that this one has not started, held by a pidfd (`pidfd_open(2)`): its number cannot
/// become another's unseen.
package struct ProcessHandle {
    private let descriptor: Descriptor

    /// Opens the process with that number. Throws `ESRCH` when there is none.
    package init(_ pid: Int32) throws(SystemError) {
        let number = clinux_pidfd_open(pid)
        guard number >= 0 else { throw SystemError("pidfd_open", "process \(pid)") }
        descriptor = Descriptor(owning: number)
    }

    /// Opens the process at the other end of a connection; `nil` before Linux 6.5, and when that
    /// process was reaped.
    package init?(peerOf connection: Descriptor) {
        let number = clinux_peer_process(connection.number)
        guard number >= 0 else { return nil }
        descriptor = Descriptor(owning: number)
    }

    /// Sends a signal to the process with a number (`kill(2)`).
    package static func signal(_ number: Int32, to pid: Int32) { kill(pid, number) }

    /// Whether it has ended.
    package var hasEnded: Bool { hasEnded(within: 0) }

    /// Waits for its end, at most `timeout` milliseconds. False when it still runs.
    package func hasEnded(within timeout: Int) -> Bool { Descriptor.poll(descriptor.number, .input, timeout: timeout) }
}
