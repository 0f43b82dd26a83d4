package import Diagnostics
import Glibc

/// A system call that failed: which, on what, and the kernel's reason.
package struct SystemError: Error, Hashable, Sendable {
    /// The call, such as `open`.
    package var call: String
    /// The path or thing that it was asked for.
    package var subject: String
    /// The value of `errno`.
    package var code: Int32

    /// Takes `errno` as it is now when `code` is not given.
    package init(_ call: String, _ subject: String, code: Int32 = errno) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// The kernel's reason in words, such as "No such file or directory".
    package var reason: String { String(cString: strerror(code)) }

    /// True if the file does not exist (`ENOENT`, `ENOTDIR`).
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// True if a file system or quota is full.
    package var isFull: Bool { code == ENOSPC || code == EDQUOT }

    /// True if the permissions of a file or directory are the reason (`EACCES`).
    package var isDenied: Bool { code == EACCES }

    /// The same for people; `remedy` says what to do about it.
    package func problem(_ code: Problem.Code, remedy: String) -> Problem {
        Problem(code, "\(subject): \(call): \(reason)", remedy: remedy)
    }
}
