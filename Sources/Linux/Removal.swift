public import Glibc

extension Root {
    /// Removes a directory that is empty (`rmdir(2)`); whether it is gone then. One with something in it stays.
    @discardableResult public func removeEmptyDirectory(_ path: String) throws(SystemError) -> Bool {
        if rmdir(self.path(path)) == 0 || errno == ENOENT { return true }
        guard errno == ENOTEMPTY || errno == EEXIST || errno == EBUSY else { throw SystemError("rmdir", path) }
        return false
    }

    /// Removes a file, or a directory with all that is in it; links are removed, not followed. One that is not there is no error.
    public func removeTree(_ path: String) throws(SystemError) {
        var status = stat()
        guard lstat(self.path(path), &status) == 0 else {
            if errno == ENOENT { return }
            throw SystemError("lstat", path)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return try remove(path) }
        for name in try list(path) { try removeTree("\(path)/\(name)") }
        guard rmdir(self.path(path)) == 0 else { throw SystemError("rmdir", path) }
    }

    /// Writes a file under its own name and brings it to the disk: for names that nobody takes for whole. One that is there is emptied first, a link is refused.
    public func write(_ path: String, _ content: [UInt8], mode: Glibc.mode_t = 0o644) throws(SystemError) {
        let number = open(self.path(path), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemError("open", path) }
        defer { close(number) }
        try Self.write(content, to: number, path)
        guard fchmod(number, mode) == 0 else { throw SystemError("fchmod", path) }
        guard fsync(number) == 0 else { throw SystemError("fsync", path) }
    }
}
