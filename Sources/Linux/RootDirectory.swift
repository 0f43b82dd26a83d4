import CLinux
import Glibc
import Synchronization

/// The directory that a tree's root is: opened when it is first used, and kept open.
final class RootDirectory: Sendable {
    private let path: String
    private let number = Atomic<Int32>(-1)

    init(_ path: String) { self.path = path }

    deinit {
        let number = number.load(ordering: .acquiring)
        if number >= 0 { close(number) }
    }

    /// Opens a path within the directory. Returns -1 with `errno` set on failure.
    func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        let root = descriptor()
        guard root >= 0 else { return -1 }
        let found = clinux_open_in_root(root, path, flags, mode)
        // Linux before 5.6 has no openat2(2), and a seccomp filter that does not know it may answer
        // EPERM.
        guard found < 0, errno == ENOSYS || errno == EPERM else { return found }
        return PathWalk.open(path, in: root, flags: flags, mode: mode)
    }

    private func descriptor() -> Int32 {
        let known = number.load(ordering: .acquiring)
        if known >= 0 { return known }
        let new = Glibc.open(path, clinux_O_PATH | O_DIRECTORY | O_CLOEXEC)
        guard new >= 0 else { return -1 }
        let (isFirst, other) = number.compareExchange(expected: -1, desired: new, ordering: .acquiringAndReleasing)
        if isFirst { return new }
        close(new)
        return other
    }
}

extension Root {
    /// Opens a path within the root, close-on-exec; the empty path is the root. `call` is what an
    /// error names.
    func openDescriptor(
        _ path: String, _ flags: Int32, mode: mode_t = 0, call: String = "open"
    ) throws(SystemError) -> Int32 {
        let number = openNumber(path, flags, mode)
        guard number >= 0 else { throw SystemError(call, path) }
        return number
    }

    /// Opens the place of a file without opening the file itself (`O_PATH`).
    func openPlace(_ path: String, call: String) throws(SystemError) -> Int32 {
        try openDescriptor(path, clinux_O_PATH, call: call)
    }

    /// Calls `body` with an open directory and a name in it that stand for `path`, so that a call
    /// that ends in `at` stays within the root. A link that has the name is not followed. `call` is
    /// what an error names.
    func at<Result>(
        _ path: String, call: String, _ body: (_ directory: Int32, _ name: String) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        if directory == nil { return try body(AT_FDCWD, path) }
        let name = String(path.split(separator: "/").last ?? "")
        // From the root itself ".." leads out of it.
        guard name != "..", name != ".", !name.isEmpty else { throw SystemError(call, path, code: EINVAL) }
        let parent = openNumber(Self.parent(path), clinux_O_PATH | O_DIRECTORY, 0)
        guard parent >= 0 else { throw SystemError(call, path) }
        defer { close(parent) }
        return try body(parent, name)
    }

    /// 0 when the path can be looked up, links followed, otherwise the value of `errno`.
    func lookUp(_ path: String) -> Int32 {
        if directory == nil { return access(path, F_OK) == 0 ? 0 : errno }
        let number = openNumber(path, clinux_O_PATH, 0)
        guard number >= 0 else { return errno }
        close(number)
        return 0
    }

    private func openNumber(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        let path = path.isEmpty ? "/" : path
        guard let directory else { return open(path, flags | O_CLOEXEC, mode) }
        return withExtendedLifetime(directory) { $0.open(path, flags, mode) }
    }
}
