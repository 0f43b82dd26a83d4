import Diagnostics
import Glibc

/// Lines for people, on standard error.
enum Report {
    /// How much a line matters, in the journal's numbers (`sd-daemon(3)`).
    enum Level: Int, Sendable {
        case error = 3
        case warning = 4
        case notice = 5
    }

    /// Writes one line, with its level in front when the journal reads it.
    static func say(_ level: Level, _ line: String) {
        let prefix = isJournal ? "<\(level.rawValue)>" : ""
        let bytes = Array("\(prefix)pvp-guest: \(line)\n".utf8)
        // Nobody can be told when standard error is gone.
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Whether standard error is the stream that `JOURNAL_STREAM` names (`systemd.exec(5)`).
    private static let isJournal: Bool = {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
        return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    }()
}
