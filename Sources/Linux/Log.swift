package import Diagnostics
import Glibc

/// Prints lines on standard error, each in one `write(2)` and with the name of the program:
/// `pvp-host: message`. When standard error is the journal a line begins with its level, as in
/// `<3>` (`sd-daemon(3)`).
package struct Log: Sendable {
    /// How much a line matters, in the journal's numbers (`sd-daemon(3)`).
    package enum Level: Int, Sendable {
        /// Something failed.
        case error = 3
        /// Something is not as it should be.
        case warning = 4
        /// Something that is worth knowing.
        case notice = 5
    }

    private let prefix: String

    /// Creates the log of a program; without a name, lines are printed as they are.
    package init(_ program: String? = nil) { prefix = program.map { "\($0): " } ?? "" }

    /// Prints a line of this level.
    package func write(_ line: String, level: Level) {
        Descriptor.write(text: mark(level) + prefix + line + "\n", to: Descriptor.standardError)
    }

    /// Prints that something failed.
    package func error(_ line: String) { write(line, level: .error) }
    /// Prints that something is not as it should be.
    package func warning(_ line: String) { write(line, level: .warning) }
    /// Prints what is worth knowing.
    package func notice(_ line: String) { write(line, level: .notice) }

    /// Prints a problem in one line: `pvp-host: message; remedy`.
    package func write(_ problem: Problem) {
        write(problem.line, level: problem.severity == .error ? .error : .warning)
    }

    private func mark(_ level: Level) -> String { Self.isJournal ? "<\(level.rawValue)>" : "" }

    /// `JOURNAL_STREAM` has the device and inode of the journal's stream; a child whose standard
    /// error was redirected has it too (`systemd.exec(5)`).
    private static var isJournal: Bool {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
        return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    }
}
