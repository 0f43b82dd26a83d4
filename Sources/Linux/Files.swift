import Glibc

extension Root {
    /// Writes a file whole or not at all: under another name beside it, which is brought to the
    /// disk and then renamed. Missing directories above it are created with mode 0755. Without
    /// `mode` it is 0600 for a record of ours and 0644 elsewhere. A device, FIFO or socket is not
    /// replaced; of a link the link is. For files that a user names, see ``overwrite(_:with:)``.
    package func replace(_ path: String, with content: [UInt8], mode: UInt32? = nil) throws(SystemError) {
        let parent = try openParent(path)
        defer { close(parent) }
        let name = String(path.split(separator: "/").last ?? "")
        var status = stat()
        if fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            let kind = status.st_mode & S_IFMT
            guard [S_IFREG, S_IFLNK, S_IFDIR].contains(kind) else {
                throw SystemError("not a regular file", path, code: EINVAL)
            }
        }
        try Draft(path: path, name: name, parent: parent).publish(content) { file throws(SystemError) in
            guard fchmod(file, mode ?? Self.defaultMode(path)) == 0 else { throw SystemError("fchmod", path) }
        }
    }

    /// Writes a file under its own name and brings it to the disk: for names that no program takes
    /// for a whole file. A file or link that has the name is removed first, so that nothing is
    /// written through it.
    package func write(_ path: String, _ content: [UInt8], mode: UInt32? = nil) throws(SystemError) {
        try remove(path)
        let file = try at(path, call: "open") { directory, name throws(SystemError) in
            let file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw SystemError("open", path) }
            return file
        }
        defer { close(file) }
        try Self.write(content, to: file, path)
        guard fchmod(file, mode ?? Self.defaultMode(path)) == 0 else { throw SystemError("fchmod", path) }
        try Self.sync(file, path)
    }

    /// Writes to an existing file, such as one of `/sys`, in one `write(2)`.
    package func writeValue(_ value: String, to path: String) throws(SystemError) {
        let descriptor = try openDescriptor(path, O_WRONLY)
        defer { close(descriptor) }
        try Self.write(Array(value.utf8), to: descriptor, path)
    }

    /// Writes to an existing file, in one `write(2)`, and leaves it open: what is written to some
    /// devices holds for so long.
    package func setOpen(_ path: String, _ value: [UInt8]) throws(SystemError) -> Descriptor {
        let descriptor = Descriptor(owning: try openDescriptor(path, O_WRONLY))
        try Self.write(value, to: descriptor.number, path)
        return descriptor
    }

    /// Creates a directory and those above it, mode `mode` less the umask; an existing one stays as
    /// it is.
    package func makeDirectory(_ path: String, mode: UInt32 = 0o755) throws(SystemError) {
        if path.isEmpty {
            // The root itself, when it is a directory that is still to be created.
            if !prefix.isEmpty { try Root.machine.makeDirectory(prefix, mode: mode) }
            return
        }
        do throws(SystemError) {
            try makeLastDirectory(path, mode)
        } catch {
            guard error.code == ENOENT else { throw error }
            try makeDirectory(Self.parent(path))
            try makeLastDirectory(path, mode)
        }
    }

    /// Creates a symbolic link, in the place of a link or file that has the name.
    package func replaceLink(_ path: String, to target: String) throws(SystemError) {
        let parent = try openParent(path)
        defer { close(parent) }
        let temporary = Self.temporaryName()
        guard symlinkat(target, parent, temporary) == 0 else { throw SystemError("symlink", path) }
        guard renameat(parent, temporary, parent, String(path.split(separator: "/").last ?? "")) == 0 else {
            let error = SystemError("rename", path)
            unlinkat(parent, temporary, 0)
            throw error
        }
        try Self.sync(parent, path)
    }

    /// Removes a file; a missing one is no error.
    package func remove(_ path: String) throws(SystemError) {
        do throws(SystemError) {
            try at(path, call: "unlink") { directory, name throws(SystemError) in
                guard unlinkat(directory, name, 0) == 0 else { throw SystemError("unlink", path) }
            }
        } catch {
            guard error.code == ENOENT else { throw error }
        }
    }

    /// A name for a file that is not whole yet, which no other process knows. As systemd names its
    /// own: no unit's name has a '#' in it, so what a crash leaves behind is never taken for one.
    static func temporaryName() -> String { ".#" + String(UInt64.random(in: .min ... .max), radix: 16) }

    /// The path of the directory that holds `path`; empty at the top.
    package static func parent(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[..<slash])
    }

    /// The directory of what helpers remember until a reboot.
    package static let state = "/run/pvp/state"

    /// Records may hold what only root may know.
    private static func defaultMode(_ path: String) -> UInt32 {
        path.hasPrefix("/var/lib/pvpgen/") || path.hasPrefix(state + "/") ? 0o600 : 0o644
    }

    /// Opens the directory that holds `path`, and creates it when it is missing.
    func openParent(_ path: String) throws(SystemError) -> Int32 {
        do throws(SystemError) {
            return try openDescriptor(Self.parent(path), O_RDONLY | O_DIRECTORY)
        } catch {
            guard error.code == ENOENT else { throw SystemError("open", path, code: error.code) }
            try makeDirectory(Self.parent(path))
            return try openDescriptor(Self.parent(path), O_RDONLY | O_DIRECTORY)
        }
    }

    private func makeLastDirectory(_ path: String, _ mode: UInt32) throws(SystemError) {
        try at(path, call: "mkdir") { directory, name throws(SystemError) in
            guard mkdirat(directory, name, mode) == 0 || errno == EEXIST else { throw SystemError("mkdir", path) }
        }
    }

    static func write(_ content: [UInt8], to descriptor: Int32, _ path: @autoclosure () -> String) throws(SystemError) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest.removeFirst(count)
            } else if errno != EINTR {
                throw SystemError("write", path())
            }
        }
    }
}
