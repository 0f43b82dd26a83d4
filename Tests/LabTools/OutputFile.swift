import Glibc
import Linux

/// A file without a name that a program writes its output to. Not a pipe: a background process that
/// keeps it open does not block the reader.
package final class OutputFile: Sendable {
    /// What the program gets as standard output.
    package let descriptor: Int32

    /// An empty one.
    package init() throws {
        var template = Array("/tmp/pvp-lab.XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemError("mkstemp", "/tmp") }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// All that has been written so far. The place where the program writes is left as it is.
    package var text: String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
