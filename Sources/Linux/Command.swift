import CLinux
package import Diagnostics
import Glibc

/// A program with its arguments: a value that a test can look at, and that runs without a shell.
package struct Command: Hashable, Sendable {
    /// The program, found in `PATH` when it has no slash, and its arguments.
    package var arguments: [String]

    /// What a program printed and how it ended.
    package struct Result: Hashable, Sendable {
        /// 0 to 255, or 128 plus the signal that ended it.
        package var status: Int32
        /// All of its standard output and standard error, in the order in which they came.
        package var output: String

        /// Creates one by hand, for tests.
        package init(status: Int32, output: String) {
            self.status = status
            self.output = output
        }

        /// The first line of the output, for a message in one line.
        package var firstLine: String { output.split(separator: "\n").first.map(String.init) ?? "no output" }

        /// The last line of the output, for a message in one line.
        package var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "no output" }
    }

    /// A program with its arguments.
    package init(_ arguments: [String]) { self.arguments = arguments }

    /// Runs it with an empty standard input and waits for its end; meanwhile `tick` is called each
    /// second in which it prints nothing. Throws `program-missing` when there is no such program,
    /// `program-not-started` when the kernel refuses.
    package func run(_ tick: () -> Void = {}) throws(Problem) -> Result {
        var text: [UInt8] = []
        let status = try run(receive: { text += $0 }, tick)
        return Result(status: status, output: String(decoding: text, as: UTF8.self))
    }

    /// The same, with each piece of its output as it comes. Returns its exit status.
    package func run(receive: ([UInt8]) -> Void, _ tick: () -> Void = {}) throws(Problem) -> Int32 {
        let name = arguments.first ?? ""
        let program = try program()
        var ends: [Int32] = [-1, -1]
        guard clinux_pipe(&ends) == 0 else {
            throw SystemError("pipe", name).problem(.programNotStarted, remedy: "raise the limit of open files")
        }
        let output = Descriptor(owning: ends[0])
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let pid = withCStrings([program] + arguments.dropFirst()) { clinux_spawn($0, environ, null, ends[1], ends[1]) }
        close(null)
        close(ends[1])
        try checkStarted(pid)
        Self.receiveOutput(of: pid, from: output, receive, tick)
        return clinux_wait(pid)
    }

    /// What a process prints until it ends. A process that it leaves behind may keep the pipe open,
    /// and is not waited for.
    private static func receiveOutput(
        of pid: pid_t, from pipe: Descriptor, _ receive: ([UInt8]) -> Void, _ tick: () -> Void
    ) {
        // Without pidfd_open(2) (Linux before 5.3) the end of the output is the end: poll(2)
        // ignores a negative number.
        let process = Descriptor(owning: clinux_pidfd_open(pid))
        defer { withExtendedLifetime(process) {} }
        var entries = [
            pollfd(fd: pipe.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: process.number, events: Int16(POLLIN), revents: 0),
        ]
        while entries.contains(where: { $0.fd >= 0 }) {
            let count = poll(&entries, 2, 1000)
            if count == 0 { tick() }
            guard count > 0 else { continue }
            if entries[1].revents != 0 { return receive(rest(of: pipe)) }
            if case .bytes(let more) = pipe.read() { receive(more) } else { entries[0].fd = -1 }
        }
    }

    /// What a pipe holds, at most its capacity of 64 KiB (pipe(7)): a process that keeps writing
    /// must not be read forever.
    private static func rest(of pipe: Descriptor) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < 65536, Descriptor.poll(pipe.number, .input, timeout: 0),
            case .bytes(let more) = pipe.read(limit: 65536 - bytes.count)
        {
            bytes += more
        }
        return bytes
    }

    /// Runs it with this process's own input and output, such as an editor on the user's terminal,
    /// and returns its exit status. Throws `program-missing`, `program-not-started`.
    package func runOnTerminal() throws(Problem) -> Int32 {
        let program = try program()
        // Keys such as Ctrl-C are the program's: it decides what they mean.
        let before = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, before) }
        let pid = withCStrings([program] + arguments.dropFirst()) { clinux_spawn($0, environ, 0, 1, 2) }
        try checkStarted(pid)
        return clinux_wait(pid)
    }

    /// What `posix_spawn(3)` returned: a process, or the reason why there is none.
    private func checkStarted(_ pid: pid_t) throws(Problem) {
        guard pid <= 0 else { return }
        throw SystemError("posix_spawn", arguments.first ?? "", code: -pid).problem(
            .programNotStarted, remedy: "check that the file can be executed")
    }

    private func program() throws(Problem) -> String {
        let name = arguments.first ?? ""
        guard let program = Self.find(name) else {
            throw Problem(
                .programMissing, "\(name): not found in PATH", remedy: "install the package that provides the program")
        }
        return program
    }

    /// Becomes it (`execv(3)`): what follows is the program's, its exit status too.
    package func replace() throws(Problem) -> Never {
        let program = try program()
        withCStrings(arguments) { if let words = $0 { _ = execv(program, words) } }
        throw SystemError("execv", program).problem(.programNotStarted, remedy: "check that the file can be executed")
    }

    /// The path of a program: itself when it has a slash, else the first that is executable in
    /// `PATH`.
    package static func find(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
        let path = Environment["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}

/// Calls `body` with a C array of C strings, ended by a null pointer.
func withCStrings<R>(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R) -> R {
    var pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}
