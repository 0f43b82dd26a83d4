import Glibc

/// An open file descriptor that is closed with its last reference.
package final class Descriptor {
    /// The kernel's number for it.
    package let number: Int32

    /// The number of standard input.
    package static let standardInput = STDIN_FILENO
    /// The number of standard output.
    package static let standardOutput = STDOUT_FILENO
    /// The number of standard error.
    package static let standardError = STDERR_FILENO

    /// What one attempt to read gave.
    package enum Input: Hashable, Sendable {
        /// Some bytes, at least one.
        case bytes([UInt8])
        /// Nothing for now.
        case nothing
        /// There will be no more: the end of a file, a closed peer, or a terminal whose last user
        /// is gone (`EIO`).
        case end
    }

    /// Takes over a descriptor that is open.
    package init(owning number: Int32) { self.number = number }

    /// Takes over a descriptor that another process has opened for this one: children do not get
    /// it, and reading never waits.
    package convenience init(inherited number: Int32) {
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
        self.init(owning: number)
    }

    deinit { close(number) }

    /// Whether a descriptor is a terminal (`isatty(3)`).
    package static func isTerminal(_ number: Int32) -> Bool { isatty(number) == 1 }

    /// Reads what is available, at most `limit` bytes (`read(2)`). Any error is an end, because no
    /// reader here can do more about it.
    package func read(limit: Int = 65536) -> Input { Self.read(number, limit: limit) }

    /// The same on a descriptor with another owner, such as standard input.
    package static func read(_ number: Int32, limit: Int = 65536) -> Input {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
            repeat { count = Glibc.read(number, buffer.baseAddress, limit) } while count < 0 && errno == EINTR
            used = max(count, 0)
        }
        if count > 0 { return .bytes(bytes) }
        return count < 0 && errno == EAGAIN ? .nothing : .end
    }

    /// Reads to the end; waits for each part. `subject` is what an error names.
    package static func readToEnd(_ number: Int32, _ subject: String) throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        while true {
            let (count, chunk) = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
                let count = Glibc.read(number, buffer.baseAddress, buffer.count)
                return (count, Array(buffer[..<max(0, count)]))
            }
            content += chunk
            if count == 0 { return content }
            guard count > 0 || errno == EINTR else { throw SystemError("read", subject) }
        }
    }

    /// Writes without waiting and returns the number of written bytes; `nil` if the reader is gone.
    package func write(_ bytes: [UInt8]) -> Int? { Self.write(bytes, to: number) }

    /// The same on a descriptor with another owner, such as standard output. Its flags are not
    /// changed, because other processes share them.
    package static func write(_ bytes: [UInt8], to number: Int32) -> Int? {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { writeOnce($0, to: number) }
            if count > 0 {
                done += count
            } else if count == 0 || errno == EAGAIN {
                break
            } else if errno != EINTR {
                return nil
            }
        }
        return done
    }

    /// Writes all of a text, however slowly it is read. Throws what `write(2)` gives, such as
    /// `ENOSPC`; `name` is what the error calls the descriptor.
    package static func writeAll(_ text: String, to number: Int32, _ name: String) throws(SystemError) {
        var rest = Array(text.utf8)
        while !rest.isEmpty {
            guard let count = write(rest, to: number) else { throw SystemError("write", name) }
            rest.removeFirst(count)
            if !rest.isEmpty { _ = poll(number, .output, timeout: 1000) }
        }
    }

    /// 0 when it would wait.
    private static func writeOnce(_ bytes: UnsafeRawBufferPointer, to number: Int32) -> Int {
        let count = send(number, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        guard count < 0, errno == ENOTSOCK else { return count }
        guard poll(number, .output, timeout: 0) else { return 0 }
        // A pipe that can be written takes PIPE_BUF bytes without waiting (pipe(7)).
        return Glibc.write(number, bytes.baseAddress, min(bytes.count, Int(PIPE_BUF)))
    }

    /// Another way to write to the terminal that `number` is: non-blocking, and the flags of
    /// `number` stay as they are. `nil` when it is no terminal.
    package static func terminal(_ number: Int32) -> Descriptor? {
        guard isTerminal(number) else { return nil }
        let other = open("/proc/self/fd/\(number)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        return other >= 0 ? Descriptor(owning: other) : nil
    }

    /// Waits until a descriptor is ready for `events` or in error, at most `timeout` milliseconds
    /// (`poll(2)`).
    package static func poll(_ number: Int32, _ events: PollEvents, timeout: Int) -> Bool {
        var entry = pollfd(fd: number, events: events.rawValue, revents: 0)
        let end = MonotonicClock.now + timeout
        while true {
            let count = Glibc.poll(&entry, 1, Int32(clamping: max(0, end - MonotonicClock.now)))
            if count >= 0 || errno != EINTR { return count > 0 }
        }
    }
}
