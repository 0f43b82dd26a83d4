public import Diagnostics
public import Glibc

/// A system call that failed: which, on what, and the kernel's reason.
public struct SystemError: Error, Hashable, Sendable {
    /// The call, such as `open`.
    public var call: String
    /// The path or thing that it was asked for.
    public var subject: String
    /// The value of `errno`.
    public var code: Int32

    /// Takes `errno` as it is now when `code` is not given.
    public init(_ call: String, _ subject: String, code: Int32 = errno) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// The kernel's reason in words, such as "No such file or directory".
    public var reason: String { String(cString: strerror(code)) }

    /// True when the thing is not there (`ENOENT`, `ENOTDIR`).
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// The same for people; `remedy` says what to do about it.
    public func problem(_ code: String, remedy: String) -> Problem {
        Problem(code, "\(subject): \(call): \(reason)", remedy: remedy)
    }
}
