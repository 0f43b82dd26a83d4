import Glibc

extension Root {
    /// Copies a regular file of another user. No link on the way to it is followed, so that the
    /// other user cannot have another file copied. A new file has mode `mode`, and is on the disk
    /// afterwards.
    package func copyPlain(_ path: String, to target: String, mode: UInt32) throws(SystemError) {
        let source = try openPlain(path)
        defer { close(source) }
        try at(target, call: "open") { directory, name throws(SystemError) in
            let file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw SystemError("open", target) }
            defer { close(file) }
            try Self.copy(from: source, path, to: file, target)
            guard fchmod(file, mode) == 0 else { throw SystemError("fchmod", target) }
            try Self.sync(file, target)
        }
    }

    /// The content of a regular file of another user, at most `limit` bytes; no link is followed.
    package func plainBytes(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let source = Descriptor(owning: try openPlain(path))
        var content: [UInt8] = []
        while content.count < limit, case .bytes(let more) = source.read(limit: min(65536, limit - content.count)) {
            content += more
        }
        return content
    }

    private func openPlain(_ path: String) throws(SystemError) -> Int32 {
        var here = try openDescriptor("/", O_RDONLY | O_DIRECTORY)
        let parts = path.split(separator: "/").map(String.init)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            let next = openat(here, part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (isLast ? 0 : O_DIRECTORY))
            let error = next < 0 ? SystemError("open", path) : nil
            close(here)
            if let error { throw error }
            here = next
        }
        var status = stat()
        guard fstat(here, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(here)
            throw SystemError("not a regular file", path, code: EINVAL)
        }
        return here
    }

    private static func copy(from source: Int32, _ path: String, to target: Int32, _ name: String) throws(SystemError) {
        let size = 1 << 18
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(source, buffer, size)
            if count == 0 { return }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw SystemError("read", path)
            }
            var written = 0
            while written < count {
                let more = Glibc.write(target, buffer + written, count - written)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { throw SystemError("write", name) }
                written += more
            }
        }
    }
}
