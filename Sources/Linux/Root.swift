import Glibc

/// A directory that stands for `/`: the machine itself, or a tree of files in a test. Paths given to it are absolute within it.
public struct Root: Sendable {
    /// Where it is; empty for the machine itself.
    public let prefix: String

    /// The machine itself.
    public static let machine = Root("/")

    /// The tree at `path`.
    public init(_ path: String) {
        var prefix = path
        while prefix.utf8.last == UInt8(ascii: "/") { prefix.removeLast() }
        self.prefix = prefix
    }

    /// The real path of a path within the root.
    public func path(_ path: String) -> String { prefix + path }

    /// The content of a file (`open(2)`, `read(2)`): the whole, or `limit` bytes of it, `from` a place in it (`lseek(2)`).
    public func bytes(_ path: String, limit: Int = .max, from offset: Int = 0) throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        try readPieces(path, size: 1 << 16, limit: limit, from: offset) { content.append(contentsOf: $0) }
        return content
    }

    /// Calls `body` with a file's bytes, piece by piece.
    func readPieces(
        _ path: String, size: Int = 1 << 18, limit: Int = .max, from offset: Int = 0, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SystemError) {
        // Not blocking: a FIFO in the place of a file must not hold up a boot.
        let descriptor = open(self.path(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        guard offset == 0 || lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw SystemError("lseek", path) }
        // Files of /sys and /proc have no size, so the end is where a read gives nothing.
        let count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { piece in
            var left = limit
            while true {
                let count = read(descriptor, piece.baseAddress, min(piece.count, left))
                if count > 0 {
                    left -= count
                    body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
                } else if count == 0 || errno != EINTR {
                    return count
                }
            }
        }
        guard count == 0 else { throw SystemError("read", path) }
    }

    /// A file's content as text, without white space at its end, as the kernel's one-value files want it. Bytes that are not UTF-8 are replaced.
    public func text(_ path: String) throws(SystemError) -> String {
        var content = try bytes(path)[...]
        while let last = content.last, last <= 0x20 { content.removeLast() }
        return String(decoding: content, as: UTF8.self)
    }

    /// The names in a directory, sorted bytewise, without `.` and `..` (`readdir(3)`).
    public func list(_ path: String) throws(SystemError) -> [String] {
        guard let directory = opendir(self.path(path)) else { throw SystemError("opendir", path) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What a symbolic link holds, not followed (`readlink(2)`).
    public func link(_ path: String) throws(SystemError) -> String {
        var count = 0
        let target = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { target, used in
            count = target.baseAddress.map { readlink(self.path(path), $0, target.count) } ?? 0
            used = max(count, 0)
        }
        guard count >= 0 else { throw SystemError("readlink", path) }
        return String(decoding: target.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The last part of what a link holds: the driver of a PCI device, say. `nil` when there is no such link.
    public func linkName(_ path: String) -> String? {
        guard let target = try? link(path) else { return nil }
        return target.split(separator: "/").last.map(String.init)
    }

    /// Whether there is something at the path, following links (`access(2)`).
    public func exists(_ path: String) -> Bool { access(self.path(path), F_OK) == 0 }
}
