import Testing

@testable import Console

@Suite("Echoes of lines that clients entered")
struct EchoReaderTests {
    /// A row that ends, and what it is in one state.
    struct Step: CustomTestStringConvertible, Sendable {
        let state: EchoReader.State
        let row: String
        var log: Int?
        var isAwaited = true
        var mayList = false
        let meaning: EchoReader.Row
        let next: EchoReader.State

        var testDescription: String { "'\(row)', \(state)" }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static let show = bytes("show")
    private static let log = "VHOST_CONFIG: x"

    private static let steps: [Step] = [
        Step(state: .prompt, row: "> show", meaning: .echo(show), next: .prompt),
        Step(state: .prompt, row: ">   show", meaning: .echo(show), next: .prompt),
        Step(state: .prompt, row: "> show", mayList: true, meaning: .nothing, next: .candidate(show)),
        Step(state: .prompt, row: "> ", mayList: true, meaning: .nothing, next: .prompt),
        Step(state: .prompt, row: "> show", isAwaited: false, mayList: true, meaning: .nothing, next: .listing),
        Step(state: .prompt, row: "> ", isAwaited: false, mayList: true, meaning: .nothing, next: .prompt),
        Step(state: .prompt, row: "> event", isAwaited: false, meaning: .output(bytes("event")), next: .torn([])),
        Step(state: .prompt, row: "> ", isAwaited: false, meaning: .nothing, next: .torn([])),
        Step(state: .prompt, row: "> sh\(log)", log: 4, meaning: .output(bytes(log)), next: .torn(bytes("sh"))),
        Step(state: .prompt, row: "text", meaning: .output(bytes("text")), next: .prompt),
        Step(state: .prompt, row: "text\(log)", log: 4, meaning: .output(bytes("text\(log)")), next: .prompt),
        Step(state: .torn(bytes("sh")), row: "ow", meaning: .echo(show), next: .prompt),
        Step(
            state: .torn(bytes("sh")), row: "o\(log)", log: 1, meaning: .output(bytes(log)), next: .torn(bytes("sho"))),
        Step(state: .torn([]), row: "text", isAwaited: false, meaning: .output(bytes("text")), next: .torn([])),
        Step(state: .listing, row: " show", isAwaited: false, meaning: .nothing, next: .listing),
        Step(state: .listing, row: "text", isAwaited: false, meaning: .output(bytes("text")), next: .listing),
        Step(state: .listing, row: "t\(log)", log: 1, isAwaited: false, meaning: .output(bytes(log)), next: .listing),
        Step(state: .candidate(show), row: " show", meaning: .output(bytes(" show")), next: .candidate(show)),
    ]

    /// A reader in that state.
    private func makeReader(_ state: EchoReader.State) -> EchoReader {
        var reader = EchoReader(prompt: Self.bytes("> "))
        switch state {
        case .prompt: break
        case .listing, .candidate:
            reader.mayList = true
            _ = reader.read(Self.bytes("> show"), log: nil, isAwaited: state != .listing)
        case .torn(let start):
            _ = reader.read(Self.bytes("> ") + start + Self.bytes(Self.log), log: 2 + start.count, isAwaited: true)
        }
        #expect(reader.state == state)
        return reader
    }

    @Test("A row that ends has its meaning by the state and the next state by both", arguments: steps)
    func step(_ step: Step) {
        var reader = makeReader(step.state)
        reader.mayList = step.mayList
        #expect(reader.read(Self.bytes(step.row), log: step.log, isAwaited: step.isAwaited) == step.meaning)
        #expect(reader.state == step.next)
        reader.prompted()
        #expect(reader.state == .prompt)
    }

    @Test("A candidate is an echo if a row without a space in front or a fresh prompt follows")
    func confirm() {
        for row in ["text", "", nil] {
            var candidate = makeReader(.candidate(Self.show))
            #expect(candidate.confirm(before: row.map(Self.bytes)) == Self.show)
            #expect(candidate.state == .prompt && candidate.confirm(before: nil) == nil)
        }
        var candidate = makeReader(.candidate(Self.show))
        #expect(candidate.confirm(before: Self.bytes(" help")) == nil && candidate.state == .candidate(Self.show))
        for state in [EchoReader.State.prompt, .listing, .torn(Self.show)] {
            var other = makeReader(state)
            #expect(other.confirm(before: nil) == nil && other.state == state)
        }
    }
}

@Suite("Prompts that have to come")
struct PendingPromptsTests {
    @Test("The pieces of a torn prompt count if they follow each other")
    func torn() {
        var torn = TornPrompt(Array("testpmd> ".utf8))
        func take(_ text: String) -> Bool { torn.take(Array(text.utf8)[...]) }
        func missing(_ row: String) -> String { String(decoding: torn.missing(before: Array(row.utf8)), as: UTF8.self) }
        #expect(missing("pmd> ").isEmpty)
        #expect(take("te") && take("st") && !take(""))
        #expect(missing("pmd> ") == "test" && missing("md> ").isEmpty)
        // A whole prompt is no piece, and what follows no piece is none either.
        #expect(!take("pmd> ") && missing("pmd> ").isEmpty)
        #expect(take("test"))
        torn.reset()
        #expect(missing("pmd> ").isEmpty)
    }

    @Test("A fresh prompt ends the first line, a redraw all lines that were entered before its request")
    func over() {
        var prompts = PendingPrompts()
        #expect(prompts.first == .start && prompts.over(isFresh: true) == 1 && prompts.over(isFresh: false) == 0)
        prompts.append(.entered(World.peer))
        #expect(prompts.canProbe)
        prompts.request()
        prompts.append(.interrupted)
        prompts.isEchoed = true
        #expect(!prompts.canProbe && prompts.over(isFresh: false) == 2)
        prompts.advance(1)
        #expect(!prompts.isEchoed && prompts.first == .entered(World.peer) && prompts.over(isFresh: false) == 1)
        prompts.advance(1)
        #expect(prompts.over(isFresh: false) == 0)
        prompts.advance(1)
        prompts.shown()
        #expect(prompts.count == 0 && !prompts.canProbe && prompts.over(isFresh: true) == 0)
    }

    @Test("A redraw that keys before the request can have caused does not answer it")
    func otherRedraws() {
        var prompts = PendingPrompts()
        prompts.advance(1)
        prompts.addRedraw()
        prompts.append(.question)
        prompts.request()
        #expect(prompts.over(isFresh: false) == 0)
        prompts.redrawn()
        #expect(prompts.over(isFresh: false) == 1 && !prompts.canProbe)
        // The key has caused none, or both came: another request decides.
        prompts.shown()
        #expect(prompts.canProbe)
        prompts.request()
        #expect(prompts.over(isFresh: false) == 1)
        prompts.redrawn()
        #expect(prompts.over(isFresh: false) == 0)
    }
}
