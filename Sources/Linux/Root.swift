import Glibc

/// A directory that stands for `/`: the machine itself, or a tree of files. Paths are absolute
/// within it, and a symbolic link, an absolute one too, never leads out of it.
package struct Root: Sendable {
    /// Where it is; empty for the machine itself.
    package let prefix: String
    /// `nil` for the machine itself, whose paths the kernel resolves as they are.
    let directory: RootDirectory?

    /// The machine itself.
    package static let machine = Root("/")

    /// The tree at `path`.
    package init(_ path: String) {
        var prefix = path
        while prefix.utf8.last == UInt8(ascii: "/") { prefix.removeLast() }
        self.prefix = prefix
        directory = prefix.isEmpty ? nil : RootDirectory(prefix)
    }

    /// A path within the root as other programs and messages need it. Links are not resolved, so in
    /// a tree it may lead out.
    package func path(_ path: String) -> String { prefix + path }

    /// The content of a file (`open(2)`, `read(2)`): the whole, or `limit` bytes of it, `from` a
    /// offset (`lseek(2)`).
    package func bytes(_ path: String, limit: Int = .max, from offset: Int = 0) throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        try readPieces(path, size: 1 << 16, limit: limit, from: offset) { content.append(contentsOf: $0) }
        return content
    }

    /// Calls `body` with a file's bytes, piece by piece.
    func readPieces(
        _ path: String, size: Int = 1 << 18, limit: Int = .max, from offset: Int = 0,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SystemError) {
        // Not blocking: a FIFO in the place of a file must not hold up a boot.
        let descriptor = try openDescriptor(path, O_RDONLY | O_NONBLOCK)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("fstat", path) }
        // Without a writer it would be read as an empty file.
        guard status.st_mode & S_IFMT != S_IFIFO else { throw SystemError("not a regular file", path, code: EINVAL) }
        guard offset == 0 || lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw SystemError("lseek", path) }
        try Self.readPieces(descriptor, size: size, limit: limit, path: path, body)
    }

    /// The content of a regular file that is changed or replaced next; `nil` only when it is
    /// missing (`ENOENT`, `ENOTDIR`). A file that cannot be read is an error, so that its content
    /// is not lost.
    package func contents(_ path: String) throws(SystemError) -> [UInt8]? {
        let descriptor: Int32
        do throws(SystemError) {
            descriptor = try openDescriptor(path, O_RDONLY | O_NONBLOCK)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("fstat", path) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { throw SystemError("not a regular file", path, code: EINVAL) }
        var content: [UInt8] = []
        try Self.readPieces(descriptor, size: 1 << 16, limit: .max, path: path) { content.append(contentsOf: $0) }
        return content
    }

    static func readPieces(
        _ descriptor: Int32, size: Int = 1 << 18, limit: Int = .max, path: String,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(SystemError) {
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

    /// A file's content as text, without white space at its end, as the kernel's one-value files
    /// want it. Bytes that are not UTF-8 are replaced.
    package func text(_ path: String) throws(SystemError) -> String {
        var content = try bytes(path)[...]
        while let last = content.last, last <= 0x20 { content.removeLast() }
        return String(decoding: content, as: UTF8.self)
    }

    /// The names in a directory, sorted bytewise, without `.` and `..` (`readdir(3)`).
    package func list(_ path: String) throws(SystemError) -> [String] {
        let listing: OpaquePointer?
        if directory == nil {
            listing = opendir(path)
        } else {
            let number = try openDescriptor(path, O_RDONLY | O_DIRECTORY, call: "opendir")
            listing = fdopendir(number)
            if listing == nil { close(number) }
        }
        guard let listing else { throw SystemError("opendir", path) }
        defer { closedir(listing) }
        return try Self.names(in: listing, path)
    }

    /// The names that are left in an open directory, sorted bytewise.
    static func names(in listing: OpaquePointer, _ path: String) throws(SystemError) -> [String] {
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(listing) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw SystemError("readdir", path) }
        return names.sorted()
    }

    /// What a symbolic link holds, not followed (`readlink(2)`).
    package func link(_ path: String) throws(SystemError) -> String {
        try at(path, call: "readlink") { directory, name throws(SystemError) in
            guard let target = Self.target(of: name, in: directory) else { throw SystemError("readlink", path) }
            return target
        }
    }

    /// What a link holds (`readlinkat(2)`); `nil` with `errno` set on failure.
    static func target(of name: String, in directory: Int32) -> String? {
        var count = 0
        let target = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { target, used in
            count = target.baseAddress.map { readlinkat(directory, name, $0, target.count) } ?? 0
            used = max(count, 0)
        }
        return count < 0 ? nil : String(decoding: target.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The last part of what a link holds: the driver of a PCI device, say. `nil` when there is no
    /// such link.
    package func linkName(_ path: String) -> String? {
        guard let target = try? link(path) else { return nil }
        return target.split(separator: "/").last.map(String.init)
    }

    /// Whether there is something at the path, following links (`access(2)`).
    package func exists(_ path: String) -> Bool { lookUp(path) == 0 }

    /// Whether nothing is at the path: what cannot be looked up for another reason, such as a loop
    /// of links, is not missing.
    package func isMissing(_ path: String) -> Bool {
        let code = lookUp(path)
        return code == ENOENT || code == ENOTDIR
    }
}
