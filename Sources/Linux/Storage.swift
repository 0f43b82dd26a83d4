public import Glibc

/// What `stat(2)` tells of a file.
public struct FileStatus: Hashable, Sendable {
    /// Its length in bytes.
    public var size: Int
    /// When its content was changed last, in nanoseconds since 1970.
    public var modified: Int
    /// Who may do what with it (`chmod(2)`).
    public var mode: Glibc.mode_t
}

extension Root {
    /// A file's length and time, links followed (`stat(2)`).
    public func status(_ path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        guard stat(self.path(path), &status) == 0 else { throw SystemError("stat", path) }
        return FileStatus(
            size: Int(status.st_size), modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
            mode: status.st_mode & 0o7777)
    }

    /// Bytes that may still be written to the file system that a directory is on (`statvfs(3)`).
    public func free(_ path: String) throws(SystemError) -> Int {
        var status = statvfs()
        guard statvfs(self.path(path), &status) == 0 else { throw SystemError("statvfs", path) }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Gives a file that is whole its name, in the place of one that has it: its content is on the disk before, the name after (`fsync(2)`, `rename(2)`).
    public func publish(_ path: String, as name: String) throws(SystemError) {
        try sync(path)
        guard rename(self.path(path), self.path(name)) == 0 else { throw SystemError("rename", name) }
        try sync(Self.parent(name))
    }

    /// Brings what was done to a file or the names in a directory to the disk (`fsync(2)`).
    public func sync(_ path: String) throws(SystemError) {
        let descriptor = open(self.path(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync", path) }
    }

    /// Changes who may do what with a file (`chmod(2)`).
    public func setMode(_ path: String, _ mode: Glibc.mode_t) throws(SystemError) {
        guard chmod(self.path(path), mode) == 0 else { throw SystemError("chmod", path) }
    }
}

/// A lock that one process at a time has (`flock(2)`), for as long as this object lives; its end gives it back, whatever the end was.
public final class FileLock {
    private let descriptor: Descriptor

    /// Waits for the lock; `waiting` is called when somebody else has it. The file is made if it is not there.
    public convenience init(_ path: String, in root: Root, waiting: () -> Void) throws(SystemError) {
        try self.init(path, root, O_RDWR | O_CREAT, waiting)
    }

    /// The same on a directory, which has to be there.
    public convenience init(directory path: String, in root: Root, waiting: () -> Void) throws(SystemError) {
        try self.init(path, root, O_RDONLY | O_DIRECTORY, waiting)
    }

    private init(_ path: String, _ root: Root, _ flags: Int32, _ waiting: () -> Void) throws(SystemError) {
        let number = open(root.path(path), flags | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemError("open", path) }
        descriptor = Descriptor(owning: number)
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return }
        if errno == EWOULDBLOCK { waiting() }
        while flock(number, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemError("flock", path) }
        }
    }
}
