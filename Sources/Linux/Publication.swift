import CLinux
import Glibc

extension Root {
    /// Creates a file whole or not at all. A file, link or device that has the name is never
    /// replaced: then this throws `EEXIST`. The mode is `mode` less the umask. Missing directories
    /// above it are created with mode 0755.
    package func create(_ path: String, with content: [UInt8], mode: UInt32 = 0o666) throws(SystemError) {
        let (parent, name) = try openPlace(of: path)
        defer { close(parent) }
        let draft = Draft(path: path, name: name, parent: parent)
        try draft.publish(content, mode: mode, isNew: true)
    }

    /// Writes to what a user has named, links followed. A regular file is replaced whole or not at
    /// all, and keeps its owner, mode and access control list; a new one has mode 0666 less the
    /// umask. A device, FIFO or open descriptor (`/proc/self/fd`) is written to.
    package func overwrite(_ path: String, with content: [UInt8]) throws(SystemError) {
        var place = path
        // The kernel's own limit of links (path_resolution(7)).
        for _ in 0...40 {
            let (parent, name) = try openPlace(of: place)
            defer { close(parent) }
            let draft = Draft(path: place, name: name, parent: parent)
            var status = stat()
            guard fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                guard errno == ENOENT else { throw SystemError("stat", place) }
                return try draft.publish(content, mode: 0o666)
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                return try draft.publish(content) { file throws(SystemError) in try draft.keep(status, file) }
            case S_IFDIR:
                throw SystemError("open", place, code: EISDIR)
            case S_IFLNK where clinux_is_proc(parent) == 0:
                guard let target = Self.target(of: name, in: parent) else { throw SystemError("readlink", place) }
                place = target.hasPrefix("/") ? target : "\(Self.parent(place))/\(target)"
            default:
                return try draft.writeThrough(content)
            }
        }
        throw SystemError("open", path, code: ELOOP)
    }

    /// Opens the directory of a file, and creates it when it is missing.
    private func openPlace(of path: String) throws(SystemError) -> (parent: Int32, name: String) {
        guard let name = path.split(separator: "/").last, !path.hasSuffix("/") else {
            throw SystemError("open", path, code: EISDIR)
        }
        return (try openParent(path), String(name))
    }
}

/// The content of a file on its way to its name.
struct Draft {
    /// What an error names.
    let path: String
    let name: String
    let parent: Int32

    /// Writes a file under another name beside its own, brings it to the disk and renames it. The
    /// mode is `mode` less the umask, unless `prepare` changes it. With `isNew` it throws `EEXIST`
    /// rather than replaces what has the name.
    func publish(
        _ content: [UInt8], mode: UInt32 = 0o600, isNew: Bool = false,
        prepare: (Int32) throws(SystemError) -> Void = { _ in }
    ) throws(SystemError) {
        let temporary = Root.temporaryName()
        let file = openat(parent, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw SystemError("open", path) }
        do throws(SystemError) {
            defer { close(file) }
            try Root.write(content, to: file, path)
            try prepare(file)
            try Root.sync(file, path)
            let result =
                isNew
                ? clinux_rename_new(parent, temporary, name) : renameat(parent, temporary, parent, name)
            guard result == 0 else { throw SystemError("rename", path) }
        } catch {
            unlinkat(parent, temporary, 0)
            throw error
        }
        try Root.sync(parent, path)
    }

    /// Gives an open file the owner, the mode and the access control list of the file that it
    /// replaces.
    func keep(_ status: stat, _ file: Int32) throws(SystemError) {
        // Before the mode, because a change of the owner clears bits of it.
        guard fchown(file, status.st_uid, status.st_gid) == 0 else { throw SystemError("chown", path) }
        guard fchmod(file, status.st_mode & 0o7777) == 0 else { throw SystemError("chmod", path) }
        guard clinux_copy_acl(parent, name, file) == 0 else { throw SystemError("setxattr", path) }
    }

    /// Writes to a device, a FIFO or an open descriptor; waits for a reader.
    func writeThrough(_ content: [UInt8]) throws(SystemError) {
        let own = ownDescriptor
        let number =
            own.map { fcntl($0, F_DUPFD_CLOEXEC, 0) } ?? openat(parent, name, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", path) }
        let file = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemError("stat", path) }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        // The file of another process's descriptor.
        if isRegular, own == nil {
            guard ftruncate(number, 0) == 0 else { throw SystemError("truncate", path) }
        }
        try file.writeAll(content, path)
        if isRegular { try Root.sync(number, path) }
    }

    /// The descriptor of this process that the name stands for in `/proc/self/fd`. It is not opened
    /// again: a socket cannot be, and a file would be written from its beginning.
    private var ownDescriptor: Int32? {
        var here = stat()
        var own = stat()
        guard let number = Int32(name), fstat(parent, &here) == 0, stat("/proc/self/fd", &own) == 0,
            here.st_dev == own.st_dev, here.st_ino == own.st_ino
        else {
            return nil
        }
        return number
    }
}

extension Descriptor {
    /// Writes all of it; waits as long as the reader takes. `subject` is what an error names.
    func writeAll(_ content: [UInt8], _ subject: String) throws(SystemError) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count > 0 {
                rest.removeFirst(count)
            } else if errno == EAGAIN {
                // Another process has set O_NONBLOCK for all users of the descriptor.
                _ = Self.poll(number, .output, timeout: 1000)
            } else if errno != EINTR {
                throw SystemError("write", subject)
            }
        }
    }
}
