import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

/// The result of an attach that runs in a thread of its own.
private final class Attached: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private var status: Int32?
    private var thread: pthread_t?

    init(_ socket: String, input: Int32, output: Int32) {
        let ready = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            lock.withLock { thread = pthread_self() }
            ready.signal()
            let status = try? Attach.run(socket: socket, input: input, output: output)
            lock.withLock { self.status = status }
            done.signal()
        }
        ready.wait()
    }

    func signal(_ number: Int32) { lock.withLock { if let thread { pthread_kill(thread, number) } } }

    func ended() throws -> Int32? {
        try #require(done.wait(timeout: .now() + 60) == .success, "it did not end")
        return lock.withLock { status }
    }
}

@Suite("Attach to a console")
struct AttachTests {
    private let tree: Tree
    private var path: String { tree.path + "/s.sock" }

    init() throws { tree = try Tree() }

    private func accept(_ listener: Descriptor) throws -> Descriptor {
        try #require(Descriptor.poll(listener.number, POLLIN, timeout: 60_000))
        return try #require(UnixSocket.accept(listener))
    }

    private func read(_ descriptor: Descriptor, until text: String) throws {
        var seen = ""
        while !seen.contains(text) {
            try #require(Descriptor.poll(descriptor.number, POLLIN, timeout: 60_000), "no \(text) in \(seen)")
            guard case .bytes(let bytes) = descriptor.read() else { continue }
            seen += String(decoding: bytes, as: UTF8.self)
        }
    }

    private func settings(_ number: Int32) -> [tcflag_t] {
        var settings = termios()
        #expect(tcgetattr(number, &settings) == 0)
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    }

    /// Attaches on a terminal, lets the body do something about it, and checks that the terminal is as before.
    private func onTerminal(_ body: (Terminal, Descriptor, Attached) throws -> Void) throws -> Int32? {
        let listener = try UnixSocket.listen(path, .stream, mode: 0o600)
        let terminal = try Terminal()
        let user = Descriptor(owning: open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC))
        let before = settings(user.number)
        let attached = Attached(path, input: user.number, output: user.number)
        let server = try accept(listener)
        try read(terminal.descriptor, until: "[attached; Ctrl-] detaches]")
        #expect(settings(user.number) != before)
        try body(terminal, server, attached)
        let status = try attached.ended()
        #expect(settings(user.number) == before)
        withExtendedLifetime(server) {}
        return status
    }

    @Test("Keys and bytes go through as they are, Ctrl-] detaches")
    func detach() throws {
        let status = try onTerminal { terminal, server, _ in
            #expect(terminal.descriptor.write([0x03, 0x09]) == 2)
            try read(server, until: "\u{3}\t")
            _ = server.write(Array("answer\u{1b}[K".utf8))
            try read(terminal.descriptor, until: "answer\u{1b}[K")
            _ = terminal.descriptor.write(Array("half\u{1d}rest".utf8))
            try read(server, until: "half")
        }
        #expect(status == 0)
    }

    @Test func consoleCloses() throws {
        let status = try onTerminal { _, server, _ in
            UnixSocket.finishWriting(server)
        }
        #expect(status == 0)
    }

    @Test func signal() throws {
        let status = try onTerminal { _, server, attached in
            attached.signal(SIGTERM)
        }
        #expect(status == 128 + SIGTERM)
    }

    @Test("Without a terminal: the input to its end, the answer to its end")
    func pipe() throws {
        let listener = try UnixSocket.listen(path, .stream, mode: 0o600)
        let (input, output) = (Pipe(), Pipe())
        let question = String(repeating: "show port info all\n", count: 2000)
        let attached = Attached(path, input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
        let server = try accept(listener)
        try input.fileHandleForWriting.write(contentsOf: Data(question.utf8))
        try input.fileHandleForWriting.close()
        var heard: [UInt8] = []
        while Descriptor.poll(server.number, POLLIN, timeout: 60_000) {
            let part = server.read()
            if case .bytes(let bytes) = part { heard += bytes }
            if part == .end { break }
        }
        #expect(heard == Array(question.utf8))
        _ = server.write(Array("the answer".utf8))
        #expect(try attached.ended() == 0)
        try output.fileHandleForWriting.close()
        #expect(try output.fileHandleForReading.readToEnd() == Data("the answer".utf8))
    }

    @Test func nobody() throws {
        let problem = #expect(throws: Problem.self) { try Attach.run(socket: path) }
        #expect(problem?.code == "console-missing")
        _ = try UnixSocket.listen(path, .stream, mode: 0o600)
        #expect(throws: Problem.self) { try Attach.run(socket: path) }
    }
}
