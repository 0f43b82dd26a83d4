import CLinux
import Glibc

extension Root {
    /// Removes a directory that is empty (`rmdir(2)`); whether it is gone then. One with something
    /// in it stays.
    @discardableResult package func removeEmptyDirectory(_ path: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            try at(path, call: "rmdir") { directory, name throws(SystemError) in
                guard unlinkat(directory, name, AT_REMOVEDIR) == 0 else { throw SystemError("rmdir", path) }
            }
        } catch {
            if error.code == ENOENT { return true }
            guard error.code == ENOTEMPTY || error.code == EEXIST || error.code == EBUSY else { throw error }
            return false
        }
        return true
    }

    /// Removes a file, or a directory with all that is in it; a missing one is no error. No link is
    /// followed, also when another process puts one in the place of a directory meanwhile, and no
    /// mount is entered.
    package func removeTree(_ path: String) throws(SystemError) {
        do throws(SystemError) {
            try at(path, call: "unlink") { directory, name throws(SystemError) in
                // The directory itself may be a mount.
                try Self.removeTree(name, in: directory, path: path) { Self.openPlainly($0, $1, isMountRefused: false) }
            }
        } catch {
            guard error.code == ENOENT else { throw error }
        }
    }

    /// Opens a directory without following a link, or returns -1.
    typealias Opener = (_ directory: Int32, _ name: String) -> Int32

    /// `path` is for messages, `open` for the directory itself; those in it are opened so that no
    /// mount is entered.
    static func removeTree(
        _ name: String, in directory: Int32, path: String, open: Opener
    ) throws(SystemError) {
        // Another process may exchange file and directory between two calls, so the number of
        // attempts has a limit.
        for _ in 0..<16 {
            // Of a directory it is EISDIR on Linux, EPERM in POSIX.
            if unlinkat(directory, name, 0) == 0 || errno == ENOENT { return }
            guard errno == EISDIR || errno == EPERM else { throw SystemError("unlink", path) }
            let refusal = errno
            let number = open(directory, name)
            if number < 0 {
                if errno == ENOTDIR && refusal == EPERM { throw SystemError("unlink", path, code: EPERM) }
                if errno == ELOOP || errno == ENOTDIR || errno == ENOENT { continue }
                throw SystemError("open", path, code: errno == EXDEV ? EBUSY : errno)
            }
            try removeContents(of: number, path)
            if unlinkat(directory, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
            guard errno == ENOTDIR || errno == ENOTEMPTY else { throw SystemError("rmdir", path) }
        }
        throw SystemError("rmdir", path)
    }

    /// Takes over the descriptor.
    private static func removeContents(of number: Int32, _ path: String) throws(SystemError) {
        guard let listing = fdopendir(number) else {
            let error = SystemError("opendir", path)
            close(number)
            throw error
        }
        defer { closedir(listing) }
        for name in try names(in: listing, path) {
            try removeTree(name, in: number, path: "\(path)/\(name)", open: openSubdirectory)
        }
    }

    static func openSubdirectory(_ directory: Int32, _ name: String) -> Int32 {
        let number = clinux_open_subdirectory(directory, name)
        guard number < 0, errno == ENOSYS || errno == EPERM else { return number }
        return openPlainly(directory, name, isMountRefused: true)
    }

    /// Without `openat2(2)` a mount shows by its device only.
    static func openPlainly(_ directory: Int32, _ name: String, isMountRefused: Bool) -> Int32 {
        let number = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0, isMountRefused else { return number }
        var outer = stat()
        var inner = stat()
        if fstat(directory, &outer) == 0, fstat(number, &inner) == 0, outer.st_dev == inner.st_dev { return number }
        close(number)
        errno = EXDEV
        return -1
    }
}
