public import Diagnostics
import Glibc

/// Prints a problem on standard error, in one line and one `write(2)`: `pvp-host: message; remedy`.
/// When standard error is the journal the line begins with `<3>` or `<4>`, so that it has its level there (`sd-daemon(3)`).
public func report(_ problem: Problem, from program: String) {
    complain("\(program): \(problem.line)", severity: problem.severity)
}

/// Prints one line on standard error, with its level if that is the journal.
public func complain(_ line: String, severity: Problem.Severity = .error) {
    let level = severity == .error ? "<3>" : "<4>"
    let bytes = Array(((standardErrorIsJournal ? level : "") + line + "\n").utf8)
    // When standard error is closed there is nobody left to tell.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// `JOURNAL_STREAM` has the device and inode of the journal's stream; a child whose standard error was put elsewhere has it too (`systemd.exec(5)`).
private var standardErrorIsJournal: Bool {
    var status = stat()
    guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
    return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
}
