public import Glibc

extension Root {
    /// Writes a file whole or not at all: a new name beside it, then `rename(2)`. Missing directories above it are made, mode 0755.
    public func replace(_ path: String, with content: [UInt8], mode: Glibc.mode_t = 0o644) throws(SystemError) {
        let parent = Self.parent(path)
        try makeDirectory(parent)
        let temporary = self.path("\(parent)/\(Self.temporaryName())")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        do throws(SystemError) {
            defer { close(descriptor) }
            try Self.write(content, to: descriptor, path)
            guard fchmod(descriptor, mode) == 0 else { throw SystemError("fchmod", path) }
            guard rename(temporary, self.path(path)) == 0 else { throw SystemError("rename", path) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Writes to a file that is there already, such as one of `/sys`, in one `write(2)`.
    public func set(_ path: String, _ value: String) throws(SystemError) {
        let descriptor = open(self.path(path), O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        try Self.write(Array(value.utf8), to: descriptor, path)
    }

    /// Makes a directory and those above it, mode `mode` less the umask; one that is there already is left as it is.
    public func makeDirectory(_ path: String, mode: Glibc.mode_t = 0o755) throws(SystemError) {
        if path.isEmpty {
            // The root itself, when it is a directory that is still to be made.
            if !prefix.isEmpty { try Root.machine.makeDirectory(prefix, mode: mode) }
            return
        }
        if mkdir(self.path(path), mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw SystemError("mkdir", path) }
        try makeDirectory(Self.parent(path))
        guard mkdir(self.path(path), mode) == 0 || errno == EEXIST else { throw SystemError("mkdir", path) }
    }

    /// Removes a file; one that is not there is no error.
    public func remove(_ path: String) throws(SystemError) {
        guard unlink(self.path(path)) == 0 || errno == ENOENT else { throw SystemError("unlink", path) }
    }

    /// A name for a file that is not whole yet, which nobody else has. As systemd names its own: no unit's name has a '#' in it, so what a crash leaves
    /// behind is never taken for one.
    static func temporaryName() -> String { ".#" + String(UInt64.random(in: .min ... .max), radix: 16) }

    /// The path of the directory that holds `path`; empty at the top.
    static func parent(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[..<slash])
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
