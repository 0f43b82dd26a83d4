import Console
import Foundation
import Linux
import TestSupport
import Testing

/// A console that does what a test says, in a tree of its own.
final class FakeConsole {
    /// Milliseconds after which a wait has failed.
    static let limit = 60_000

    let tree: Tree
    private var listeners: [Descriptor] = []

    init(_ sockets: [String] = ["testpmd"], mode: UInt32 = 0o666) throws {
        tree = try Tree()
        try tree.directory("/run/pvp")
        for name in sockets { try serve(name, mode: mode) }
    }

    func serve(_ name: String, mode: UInt32 = 0o666) throws {
        listeners.append(try UnixSocket.listen("\(tree.path)/run/pvp/\(name).sock", .stream, mode: mode))
    }

    /// The next client of one of the sockets.
    func accept(_ socket: Int = 0) throws -> FakeClient {
        try #require(Descriptor.poll(listeners[socket].number, .input, timeout: Self.limit), "no client connected")
        return FakeClient(try #require(UnixSocket.accept(listeners[socket])))
    }
}

/// The console's end of one connection.
final class FakeClient {
    let socket: Descriptor
    private var reader = FrameReader()
    private var frames: [Frame] = []
    private var isFramed = false

    init(_ socket: Descriptor) { self.socket = socket }

    /// The process at the other end.
    func pid() throws -> Int32 { try #require(UnixSocket.peer(socket)).pid }

    /// The next frame; `nil` when the client has gone.
    func next() throws -> Frame? {
        while frames.isEmpty {
            switch try read() {
            case .bytes(var bytes):
                if !isFramed {
                    try #require(bytes.starts(with: Frame.preface))
                    bytes.removeFirst(Frame.preface.count)
                    isFramed = true
                }
                frames = try reader.read(bytes)
            case .nothing: break
            case .end: return nil
            }
        }
        return frames.removeFirst()
    }

    /// All that is typed up to a text, windows aside.
    func typed(upTo end: String) throws -> String {
        var text = ""
        while !text.hasSuffix(end) {
            guard case .input(let bytes) = try #require(try next(), "gone after \(text)") else { continue }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    /// The next window.
    func window() throws -> Frame? {
        while let frame = try next() { if case .window = frame { return frame } }
        return nil
    }

    func send(_ frames: Frame...) { send(frames.flatMap(\.bytes)) }

    func send(_ bytes: [UInt8]) { #expect(socket.write(bytes) == bytes.count) }

    /// What a console says first.
    func welcome(_ role: Frame.Role = .control, name: String = "testpmd", replay: String? = nil) {
        send(
            Frame.preface + Frame.welcome(role: role, name: name).bytes
                + (replay.map { Frame.output(Array($0.utf8)).bytes } ?? []))
    }

    private func read() throws -> Descriptor.Input {
        try #require(Descriptor.poll(socket.number, .input, timeout: FakeConsole.limit), "nothing came")
        return socket.read()
    }
}
