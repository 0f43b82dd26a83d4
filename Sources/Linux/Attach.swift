public import Diagnostics
import Glibc

/// The client of a console: what is typed goes to its socket, what comes from there is shown.
public struct Attach {
    /// Ctrl-], as telnet and virsh have it.
    private static let detachKey: UInt8 = 0x1d
    /// Milliseconds of quiet after the end of the input that count as the end of the answer, as with socat.
    private static let quiet = 500

    private let socket: Descriptor
    private let signals: Signals
    private let input: Int32
    private let output: Int32
    private let isInteractive: Bool
    private var typed: [UInt8] = []
    private var inputEnded = false

    /// Attaches to the console at `path` until it closes or the user detaches.
    ///
    /// On a terminal, keys go through as they are and Ctrl-] detaches; the terminal is as before on every return, also after a signal. Otherwise
    /// the input is sent to its end, and output is copied until there was none for half a second.
    /// Returns the exit status: 0, or 128 plus the signal that ended it. Throws `console-missing` or `console-refused`.
    public static func run(socket path: String, input: Int32 = 0, output: Int32 = 1) throws(Problem) -> Int32 {
        do throws(SystemError) {
            let signals = try Signals([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE])
            let socket = try UnixSocket.connect(path, .stream)
            let terminal = RawTerminal(input)
            var attach = Attach(socket: socket, signals: signals, input: input, output: output, isInteractive: terminal != nil)
            return withExtendedLifetime(terminal) { attach.copy() }
        } catch {
            throw problem(error, path)
        }
    }

    private init(socket: Descriptor, signals: Signals, input: Int32, output: Int32, isInteractive: Bool) {
        self.socket = socket
        self.signals = signals
        self.input = input
        self.output = output
        self.isInteractive = isInteractive
        if isInteractive { say("attached; Ctrl-] detaches") }
    }

    private mutating func copy() -> Int32 {
        while true {
            // Nothing more is read of the input than the console takes.
            let source = inputEnded || !typed.isEmpty ? -1 : input
            var entries = [
                pollfd(fd: source, events: Int16(POLLIN), revents: 0),
                pollfd(fd: socket.number, events: Int16(typed.isEmpty ? POLLIN : POLLIN | POLLOUT), revents: 0),
                pollfd(fd: signals.descriptor.number, events: Int16(POLLIN), revents: 0),
            ]
            let isLast = inputEnded && typed.isEmpty
            let count = poll(&entries, 3, isLast ? Int32(Self.quiet) : -1)
            if count == 0 && isLast { return 0 }
            if let signal = signals.next() { return 128 + signal }
            if entries[1].revents & ~Int16(POLLOUT) != 0, !show() {
                if isInteractive { say("the console has closed") }
                return 0
            }
            if entries[0].revents != 0, !type() {
                say("detached")
                return 0
            }
            if !typed.isEmpty { send() }
        }
    }

    /// False when there will be nothing more.
    private func show() -> Bool {
        switch socket.read() {
        case .end: return false
        case .nothing: return true
        case .bytes(var bytes):
            while let count = Descriptor.write(bytes, to: output) {
                if count == bytes.count { return true }
                bytes.removeFirst(count)
                // Waiting for a slow terminal must not keep a signal from ending this.
                if Descriptor.poll(signals.descriptor.number, POLLIN, timeout: 0) { return true }
                _ = Descriptor.poll(output, POLLOUT, timeout: 100)
            }
            return false
        }
    }

    /// False when the user wants to leave.
    private mutating func type() -> Bool {
        switch Descriptor.read(input) {
        case .nothing: return true
        case .bytes(let bytes):
            typed = bytes
            guard isInteractive, let end = bytes.firstIndex(of: Self.detachKey) else { return true }
            typed = Array(bytes[..<end])
            send()
            return false
        case .end:
            inputEnded = true
            UnixSocket.finishWriting(socket)
            return true
        }
    }

    private mutating func send() {
        // When nobody takes it, the console has closed, and reading tells.
        typed.removeFirst(socket.write(typed) ?? typed.count)
    }

    private func say(_ note: String) {
        _ = Descriptor.write(Array("\r\n[\(note)]\r\n".utf8), to: output)
    }

    private static func problem(_ error: SystemError, _ path: String) -> Problem {
        switch error.code {
        case ENOENT, ENOTDIR, ECONNREFUSED:
            Problem("console-missing", "\(path): nobody serves this console", remedy: "start it: systemctl start pvp.target")
        case EACCES:
            Problem("console-refused", "\(path): \(error.reason)", remedy: "run this as root or as a member of the group pvp")
        default:
            error.problem("console-refused", remedy: "look at the service: systemctl status testpmd")
        }
    }
}
