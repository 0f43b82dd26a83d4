import Glibc
import Linux
import Testing

@testable import Console

/// A client with frames on a real socket.
final class Asker {
    let descriptor: Descriptor
    private var reader = FrameReader()
    /// What came before the preface; `nil` when the preface has come.
    private var plain: [UInt8]? = []
    private(set) var answers: [(outcome: Frame.Outcome, text: String)] = []
    private(set) var shown: [UInt8] = []
    private(set) var end: String?

    /// Attaches, and says what it is after so many milliseconds.
    init(_ service: Service, replay: Int = 0, delay: Int = 0) throws {
        descriptor = try service.attach()
        if delay > 0 { usleep(UInt32(delay * 1000)) }
        try send(Frame.preface + Frame.hello(role: .control, replay: replay).bytes)
    }

    func send(_ bytes: [UInt8]) throws {
        let taken = descriptor.write(bytes)
        try #require(taken == bytes.count)
    }

    /// Puts a question. Its time begins when it comes in, so it includes the time of all questions
    /// before it: the default is more than any test takes, and `read(until:)` notices when nothing
    /// goes on.
    func ask(_ command: String, timeout: Int = 3_600_000) throws {
        try send(Frame.ask(Array(command.utf8), timeout: timeout).bytes)
    }

    func type(_ text: String) throws { try send(Frame.input(Array(text.utf8)).bytes) }

    /// Reads what is available. False at the end of the connection.
    func read() throws -> Bool {
        switch descriptor.read() {
        case .nothing: return true
        case .end: return false
        case .bytes(let bytes):
            for frame in try frames(bytes) {
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

    /// The frames that these bytes complete. A client whose preface is late, as on a busy machine,
    /// is plain until then.
    private func frames(_ bytes: [UInt8]) throws -> [Frame] {
        guard let before = plain else { return try reader.read(bytes) }
        plain = before + bytes
        guard let preface = plain?.firstRange(of: Frame.preface), let rest = plain?[preface.upperBound...] else {
            return []
        }
        plain = nil
        return try reader.read(rest)
    }

    /// Reads until the condition holds, as long as something comes within the limit.
    func read(until condition: () -> Bool) throws {
        while !condition() {
            try #require(
                Descriptor.poll(descriptor.number, .input, timeout: Service.limit),
                "nothing more comes after \(answers.last?.text ?? "")")
            guard try read() else { return }
        }
    }

    /// Puts a question and waits for its answer.
    func answer(_ command: String, timeout: Int = 3_600_000) throws -> (outcome: Frame.Outcome, text: String) {
        let count = answers.count
        try ask(command, timeout: timeout)
        try read { answers.count > count }
        return try #require(answers.last)
    }
}
