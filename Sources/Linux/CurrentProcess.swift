import CLinux
import Glibc

/// The process that this program runs in.
package enum CurrentProcess {
    /// Its number (`getpid(2)`).
    package static var id: Int32 { getpid() }

    /// Whether its user is root (`geteuid(2)`).
    package static var isRoot: Bool { geteuid() == 0 }

    /// The directory that names without a slash in front are from (`getcwd(3)`); `nil` when it was
    /// removed.
    package static var workingDirectory: String? { getcwd(nil, 0).map { String(owning: $0) } }

    /// Sets which permissions files created from now on do not get (`umask(2)`).
    package static func setUmask(_ mode: UInt32) { umask(mode) }

    /// Ends the process with a status of 0 to 255 (`exit(3)`).
    package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

    /// Ends the process at once, without exit handlers (`_exit(2)`); what `print` has buffered is
    /// written first.
    package static func exitWithoutHandlers(_ status: Int32) -> Never {
        fflush(nil)
        clinux_exit(status)
    }
}
