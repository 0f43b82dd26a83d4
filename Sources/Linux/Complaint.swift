package import Diagnostics
import Glibc

/// Prints a problem on standard error, in one line and one `write(2)`: `pvp-host: message; remedy`.
/// When standard error is the journal the line begins with `<3>` or `<4>`, so that it has its level
/// there (`sd-daemon(3)`).
package func report(_ problem: Problem, from program: String) {
    complain("\(program): \(problem.line)", level: problem.severity == .error ? .error : .warning)
}

/// How much a line matters, in the journal's numbers (`sd-daemon(3)`).
package enum Level: Int, Sendable {
    /// Something failed.
    case error = 3
    /// Something is not as it should be.
    case warning = 4
    /// Something that is worth knowing.
    case notice = 5
}

/// Prints one line on standard error, with its level if that is the journal.
package func complain(_ line: String, level: Level = .error) {
    put((standardErrorIsJournal ? "<\(level.rawValue)>" : "") + line + "\n", to: STDERR_FILENO)
}

/// `JOURNAL_STREAM` has the device and inode of the journal's stream; a child whose standard error
/// was put elsewhere has it too (`systemd.exec(5)`).
private var standardErrorIsJournal: Bool {
    var status = stat()
    guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
    return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
}
