package import Diagnostics
import Glibc

/// The kernel's log, which keeps what a program reports before the journal runs (`/dev/kmsg`;
/// kernel: Documentation/ABI/testing/dev-kmsg).
package enum KernelLog {
    /// Bytes that every kernel takes in one `write(2)`. More than `LOG_LINE_MAX` bytes fail with
    /// EINVAL: 1024 less 48 for a prefix until Linux 6.3, 1024 since (kernel:
    /// kernel/printk/printk.c, `devkmsg_write`).
    package static let recordLimit = 976

    /// Writes one record for each problem; false when the log cannot be opened, as in some
    /// containers.
    package static func write(_ problems: [Problem], from program: String) -> Bool {
        let log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC)
        guard log >= 0 else { return false }
        defer { close(log) }
        for problem in problems {
            Descriptor.write(
                text: record(
                    "\(program)[\(getpid())]: \(problem.line)", problem.severity == .error ? .error : .warning),
                to: log)
        }
        return true
    }

    /// Returns a line as a record, with its level in front. A line that is too long ends with "…",
    /// after a whole character.
    package static func record(_ line: String, _ level: Log.Level) -> String {
        let text = "<\(level.rawValue)>\(line)"
        guard text.utf8.count >= recordLimit else { return text + "\n" }
        let mark = "…\n"
        var end = text.utf8.index(text.startIndex, offsetBy: recordLimit - mark.utf8.count)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + mark
    }
}
