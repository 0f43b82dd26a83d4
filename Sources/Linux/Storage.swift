import Glibc

/// The attributes of a file by `stat(2)`.
package struct FileStatus: Hashable, Sendable {
    /// Its length in bytes.
    package var size: Int
    /// When its content was changed last, in nanoseconds since 1970.
    package var modified: Int
    /// Who may do what with it (`chmod(2)`).
    package var mode: UInt32
}

extension Root {
    /// A file's length and time, links followed (`stat(2)`).
    package func status(_ path: String) throws(SystemError) -> FileStatus {
        let descriptor = try openPlace(path, call: "stat")
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("stat", path) }
        return FileStatus(
            size: Int(status.st_size),
            modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
            mode: status.st_mode & 0o7777)
    }

    /// Whether a file may be executed by any user, links followed.
    package func isExecutable(_ path: String) -> Bool {
        if directory == nil { return access(path, X_OK) == 0 }
        return ((try? status(path).mode) ?? 0) & 0o111 != 0
    }

    /// Bytes that may still be written to the file system that a directory is on (`statvfs(3)`).
    package func free(_ path: String) throws(SystemError) -> Int {
        let descriptor = try openPlace(path, call: "statvfs")
        defer { close(descriptor) }
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { throw SystemError("statvfs", path) }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Gives a file that is whole its name, in the place of one that has it: its content is on the
    /// disk before, the name after (`fsync(2)`, `rename(2)`).
    package func publish(_ path: String, as name: String) throws(SystemError) {
        try sync(path)
        try at(path, call: "rename") { oldDirectory, oldName throws(SystemError) in
            try at(name, call: "rename") { newDirectory, newName throws(SystemError) in
                guard renameat(oldDirectory, oldName, newDirectory, newName) == 0 else {
                    throw SystemError("rename", name)
                }
            }
        }
        try sync(Self.parent(name))
    }

    /// Brings what was done to a file or the names in a directory to the disk (`fsync(2)`).
    package func sync(_ path: String) throws(SystemError) {
        let descriptor = try openDescriptor(path, O_RDONLY)
        defer { close(descriptor) }
        try Self.sync(descriptor, path)
    }

    /// Changes who may do what with a file (`chmod(2)`).
    package func setMode(_ path: String, _ mode: UInt32) throws(SystemError) {
        let descriptor = try openDescriptor(path, O_RDONLY | O_NONBLOCK, call: "chmod")
        defer { close(descriptor) }
        guard fchmod(descriptor, mode) == 0 else { throw SystemError("chmod", path) }
    }

    static func sync(_ descriptor: Int32, _ path: String) throws(SystemError) {
        // EINVAL: the file system has nothing to bring to a disk (fsync(2)).
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemError("fsync", path) }
    }
}
