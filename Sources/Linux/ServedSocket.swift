public import Diagnostics
import Glibc

/// A stream socket at a path that only one process serves at a time.
///
/// The one that holds the lock of `PATH.lock` may take away what it finds at PATH. The kernel drops the lock when its holder dies, so a socket
/// that is left over is never mistaken for one in use, nor the other way round while the other is between `bind` and `listen`.
public final class ServedSocket {
    /// Readable when somebody connects.
    public let descriptor: Descriptor
    private let path: String
    private let lock: Descriptor

    /// Serves `path`, mode 0660, of the group `group` if there is one. `stop` is the command that stops the other who may serve it.
    /// Throws `socket-in-use` when another does, `socket-failed` when the system refuses.
    public init(_ path: String, group: String, stop: String) throws(Problem) {
        do throws(SystemError) {
            guard let lock = try Self.lock(path + ".lock"), !Self.isServed(path) else {
                let owner = Self.owner(path).map { " (process \($0))" } ?? ""
                throw SystemError("another pvp-console\(owner)", path, code: EADDRINUSE)
            }
            self.lock = lock
            self.path = path
            try Root.machine.remove(path)
            descriptor = try UnixSocket.listen(path, .stream, mode: 0o660)
            if let entry = getgrnam(group), chown(path, uid_t.max, entry.pointee.gr_gid) != 0 { throw SystemError("chown", path) }
        } catch {
            if error.code == EADDRINUSE {
                throw Problem("socket-in-use", "\(error.call) is serving \(path)", remedy: "stop it first: \(stop)")
            }
            if error.isMissing {
                let directory = Root.parent(path)
                throw Problem("socket-failed", "\(path): there is no directory \(directory)", remedy: "make it: systemd-tmpfiles --create")
            }
            throw error.problem("socket-failed", remedy: "check the permissions of its directory")
        }
    }

    deinit {
        unlink(path)
        unlink(path + ".lock")
    }

    /// `nil` when another process holds it.
    private static func lock(_ path: String) throws(SystemError) -> Descriptor? {
        while true {
            let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard number >= 0 else { throw SystemError("open", path) }
            let descriptor = Descriptor(owning: number)
            guard flock(number, LOCK_EX | LOCK_NB) == 0 else { return nil }
            var mine = stat()
            var there = stat()
            // The holder before this one removed the file between our open and our lock: that lock is nobody's.
            if fstat(number, &mine) == 0, stat(path, &there) == 0, mine.st_ino == there.st_ino { return descriptor }
        }
    }

    /// Whether something that does not take the lock listens there.
    private static func isServed(_ path: String) -> Bool {
        do throws(SystemError) {
            _ = try UnixSocket.connect(path, .stream)
            return true
        } catch {
            return error.code == EAGAIN
        }
    }

    private static func owner(_ path: String) -> Int32? {
        guard let connection = try? UnixSocket.connect(path, .stream) else { return nil }
        return UnixSocket.peer(connection)
    }
}
