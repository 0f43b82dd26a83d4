import Glibc
import Linux
import Testing

@testable import Console

/// A client with frames on a real socket.
final class Asker {
    let descriptor: Descriptor
    private var reader = FrameReader()
    private var skip = Frame.preface.count
    private(set) var answers: [(outcome: Frame.Outcome, text: String)] = []
    private(set) var shown: [UInt8] = []
    private(set) var end: String?

    init(_ service: Service, replay: Int = 0) throws {
        descriptor = try service.attach()
        try send(Frame.preface + Frame.hello(role: .control, replay: replay).bytes)
    }

    func send(_ bytes: [UInt8]) throws {
        let taken = descriptor.write(bytes)
        try #require(taken == bytes.count)
    }

    func ask(_ command: String, timeout: Int = 60_000) throws { try send(Frame.ask(Array(command.utf8), timeout: timeout).bytes) }

    func type(_ text: String) throws { try send(Frame.input(Array(text.utf8)).bytes) }

    /// Reads what is there. False at the end of the connection.
    func read() throws -> Bool {
        switch descriptor.read() {
        case .nothing: return true
        case .end: return false
        case .bytes(let bytes):
            let rest = bytes.dropFirst(skip)
            skip -= bytes.count - rest.count
            for frame in try reader.read(rest) {
                switch frame {
                case .answer(let outcome, let bytes): answers.append((outcome, String(decoding: bytes, as: UTF8.self)))
                case .output(let bytes): shown += bytes
                case .end(let text): end = text
                default: break
                }
            }
            return true
        }
    }

    /// Reads until the condition holds.
    func read(until condition: () -> Bool) throws {
        let end = Clock.now + Service.limit
        while !condition() {
            try #require(
                Descriptor.poll(descriptor.number, .input, timeout: end - Clock.now), "nothing more comes after \(answers.last?.text ?? "")"
            )
            guard try read() else { return }
        }
    }

    /// Puts a question and waits for its answer.
    func answer(_ command: String, timeout: Int = 60_000) throws -> (outcome: Frame.Outcome, text: String) {
        let count = answers.count
        try ask(command, timeout: timeout)
        try read { answers.count > count }
        return try #require(answers.last)
    }
}
