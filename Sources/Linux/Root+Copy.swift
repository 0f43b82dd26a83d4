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
            var failure: SystemError?
            try Self.readPieces(source, path: path) { piece in
                guard failure == nil else { return }
                do throws(SystemError) {
                    try Self.write(Array(piece), to: file, target)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            guard fchmod(file, mode) == 0 else { throw SystemError("fchmod", target) }
            try Self.sync(file, target)
        }
    }

    /// The content of a regular file of another user, at most `limit` bytes; no link is followed.
    package func plainBytes(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let source = try openPlain(path)
        defer { close(source) }
        var content: [UInt8] = []
        try Self.readPieces(source, limit: limit, path: path) { content.append(contentsOf: $0) }
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
}
