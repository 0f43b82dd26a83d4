import Glibc

/// A lock that one process at a time holds (`flock(2)`), released when this object or the process
/// ends, however it ends.
package final class FileLock {
    private let descriptor: Descriptor
    /// Removes the file while the lock is still held.
    private let removal: (() -> Void)?

    /// Waits for the lock; `waiting` is called when another process holds it. The file is created
    /// when it is missing. A `temporary` one is removed at the end.
    package convenience init(
        _ path: String, in root: Root, temporary: Bool = false, waiting: () -> Void
    ) throws(SystemError) {
        let removal = temporary ? { _ = try? root.remove(path) } : nil
        try self.init(path, in: root, flags: O_RDWR | O_CREAT | O_NOFOLLOW, removal: removal, waiting: waiting)
    }

    /// The same on an existing directory.
    package convenience init(directory path: String, in root: Root, waiting: () -> Void) throws(SystemError) {
        try self.init(path, in: root, flags: O_RDONLY | O_DIRECTORY, removal: nil, waiting: waiting)
    }

    private init(
        _ path: String, in root: Root, flags: Int32, removal: (() -> Void)?, waiting: () -> Void
    ) throws(SystemError) {
        var isReported = false
        while true {
            let file = Descriptor(owning: try root.openDescriptor(path, flags, mode: 0o600))
            if flock(file.number, LOCK_EX | LOCK_NB) != 0 {
                if errno == EWOULDBLOCK, !isReported { waiting() }
                isReported = true
                while flock(file.number, LOCK_EX) != 0 {
                    guard errno == EINTR else { throw SystemError("flock", path) }
                }
            }
            // The process that held it before may have removed it, and another may hold a new one.
            guard try Self.isStill(file, path, root) else { continue }
            descriptor = file
            self.removal = removal
            return
        }
    }

    deinit { removal?() }

    private static func isStill(_ file: Descriptor, _ path: String, _ root: Root) throws(SystemError) -> Bool {
        var own = stat()
        var there = stat()
        guard fstat(file.number, &own) == 0 else { throw SystemError("fstat", path) }
        let number: Int32
        do throws(SystemError) {
            number = try root.openPlace(path, call: "stat")
        } catch {
            if error.isMissing { return false }
            throw error
        }
        defer { close(number) }
        guard fstat(number, &there) == 0 else { throw SystemError("stat", path) }
        return own.st_dev == there.st_dev && own.st_ino == there.st_ino
    }
}
