import Testing

@testable import Console

/// What happens to a command multiplexer from outside.
enum CommandMultiplexerInput {
    case type(String)
    /// A question comes in.
    case question
    /// The row with the command of the question ends.
    case echo
    case prompt
    /// The editor draws its row again, as `probe` has asked it to.
    case probe, redraw
    case proceed, expire, quit, end
}

extension CommandMultiplexer {
    /// What goes to the terminal, and how questions end.
    mutating func take(_ input: CommandMultiplexerInput) -> (keys: String, ended: [Ending]) {
        var keys: [UInt8] = []
        var ended: [EndedQuestion] = []
        switch input {
        case .type(let text): keys = type(Array(text.utf8), by: World.peer)
        case .question:
            ask(Question(client: 2, command: Array("stop".utf8), deadline: 1000))
            keys = proceed()
        case .echo:
            erased(2, left: Array("testpmd> ".utf8))
            _ = line(Array("testpmd> stop".utf8))
        case .prompt: ended = prompt(isFresh: true)
        case .probe: keys = probe()
        case .redraw: ended = prompt(isFresh: false)
        case .proceed: keys = proceed()
        case .expire: ended = expire(1000)
        case .quit: keys = quit()
        case .end: ended = abandon()
        }
        return (String(decoding: keys, as: UTF8.self), ended.map(\.ending))
    }
}

@Suite("Transitions of the command multiplexer, one by one")
struct CommandMultiplexerTransitionTests {
    /// A transition: how its state is reached, what happens then, and what follows.
    struct Step: CustomTestStringConvertible, Sendable {
        let path: [CommandMultiplexerInput]
        let state: CommandMultiplexer.State
        let input: CommandMultiplexerInput
        let events: [CommandMultiplexer.Event]
        let next: CommandMultiplexer.State
        let keys: String
        let ended: [CommandMultiplexer.Ending]

        init(
            _ state: CommandMultiplexer.State, after path: [CommandMultiplexerInput] = [],
            _ input: CommandMultiplexerInput,
            _ events: [CommandMultiplexer.Event],
            then next: CommandMultiplexer.State, keys: String = "", ended: [CommandMultiplexer.Ending] = []
        ) {
            self.path = path.isEmpty ? Self.paths[state] ?? [] : path
            self.state = state
            self.input = input
            self.events = events
            self.next = next
            self.keys = keys
            self.ended = ended
        }

        var testDescription: String { "\(state), \(input)" }

        /// The shortest way to each state; a line is saved where one can be.
        static let paths: [CommandMultiplexer.State: [CommandMultiplexerInput]] = [
            .free: [.prompt], .typing: [.prompt, .type("sh")], .typingAhead: [.type("sh")],
            .asking: [.prompt, .question],
            .saving: [.prompt, .type("sh"), .question], .answering: [.prompt, .type("sh"), .question, .echo],
            .overdue: [.prompt, .type("sh"), .question, .expire], .ended: [.end],
        ]
    }

    private static let save = "\u{b}\u{19}\u{1}\u{b}"
    private static let paste = "\u{19}"
    private static let end = "\u{3}stop\nquit\n"
    /// The keys of `end`, one event for each word and each end of a line.
    private static let ending: [CommandMultiplexer.Event] = [.quit, .enter, .key, .enter, .key, .enter]

    private static let steps = lines + questions + echoes

    private static let lines: [Step] = [
        Step(.free, .type("x"), [.input, .key], then: .typing, keys: "x"),
        Step(.free, .type("\n"), [.input, .enter], then: .busy, keys: "\n"),
        Step(.free, .question, [.question], then: .asking, keys: "stop\n"),
        Step(.free, after: path(.answering) + [.prompt], .proceed, [.resume, .key], then: .typing, keys: paste),
        Step(.free, .prompt, [.lastPrompt], then: .free),
        Step(.free, .quit, ending, then: .busy, keys: end),
        Step(.free, .end, [.end], then: .ended),

        Step(.typing, .type("x"), [.input, .key], then: .typing, keys: "x"),
        Step(.typing, .type("\r"), [.input, .enter], then: .busy, keys: "\r"),
        Step(.typing, .type("\u{3}"), [.input, .enter], then: .busy, keys: "\u{3}"),
        Step(.typing, .question, [.question], then: .saving, keys: save + "stop\n"),
        Step(.typing, .prompt, [.lastPrompt], then: .typing),
        Step(.typing, .quit, ending, then: .busy, keys: end),
        Step(.typing, .end, [.end], then: .ended),

        Step(.busy, .type("x"), [.input, .key], then: .typingAhead, keys: "x"),
        Step(.busy, .type("\n"), [.input, .enter], then: .busy, keys: "\n"),
        Step(.busy, .question, [.question], then: .busy),
        Step(.busy, .prompt, [.lastPrompt], then: .free),
        Step(.busy, after: [.type("\n")], .prompt, [.prompt], then: .busy),
        Step(.busy, after: [.probe], .redraw, [.lastRedraw], then: .free),
        Step(.busy, after: [.probe, .type("\n")], .redraw, [.redraw], then: .busy),
        Step(
            .busy, after: path(.answering) + [.quit, .type("x"), .prompt], .proceed, [.resume, .key],
            then: .typingAhead,
            keys: "x"),
        // Before the first prompt Ctrl-C would be a signal.
        Step(.busy, .quit, [.quit, .key, .enter, .key, .enter], then: .busy, keys: "stop\nquit\n"),
        Step(.busy, after: [.question], .end, [.end], then: .ended, ended: [.abandoned]),

        Step(.typingAhead, .type("x"), [.input, .key], then: .typingAhead, keys: "x"),
        Step(.typingAhead, .type("\n"), [.input, .enter], then: .busy, keys: "\n"),
        Step(.typingAhead, .question, [.question], then: .typingAhead),
        Step(.typingAhead, .prompt, [.lastPrompt], then: .typing),
        Step(.typingAhead, after: [.type("\nsh")], .prompt, [.prompt], then: .typingAhead),
        Step(.typingAhead, after: [.type("sh"), .probe], .redraw, [.lastRedraw], then: .typing),
        Step(.typingAhead, after: [.probe, .type("\nsh")], .redraw, [.redraw], then: .typingAhead),
        Step(.typingAhead, after: [.prompt, .type("\nsh")], .quit, ending, then: .busy, keys: end),
        Step(.typingAhead, .end, [.end], then: .ended),

        Step(.answering, .prompt, [.lastPrompt], then: .free, ended: [.answered(CommandOutput())]),
        Step(
            .answering, after: path(.answering) + [.quit], .prompt, [.prompt], then: .busy,
            ended: [.answered(CommandOutput())]
        ),
        Step(
            .answering, after: path(.answering) + [.probe], .redraw, [.lastRedraw], then: .free,
            ended: [.answered(CommandOutput())]),
        Step(
            .answering, after: path(.answering) + [.probe, .quit], .redraw, [.redraw], then: .busy,
            ended: [.answered(CommandOutput())]),

        Step(.overdue, .type("x"), [.input, .key, .key], then: .typingAhead, keys: paste + "x"),
        Step(.overdue, .question, [.question], then: .overdue),
        Step(.overdue, .proceed, [.resume, .key], then: .typingAhead, keys: paste),
        Step(.overdue, .prompt, [.lastPrompt], then: .free),
        Step(.overdue, after: path(.asking) + [.quit, .expire], .prompt, [.prompt], then: .overdue),
        Step(.overdue, after: path(.overdue) + [.probe], .redraw, [.lastRedraw], then: .free),
        Step(.overdue, after: path(.asking) + [.probe, .quit, .expire], .redraw, [.redraw], then: .overdue),
        Step(.overdue, .quit, ending, then: .busy, keys: end),
        Step(.overdue, .end, [.end], then: .ended),

        Step(.ended, .type("x\n"), [.input], then: .ended),
    ]

    private static let questions = [CommandMultiplexer.State.asking, .saving, .answering].flatMap { state -> [Step] in
        [
            Step(state, .type("x\n"), [.input], then: state),
            Step(state, .question, [.question], then: state),
            Step(state, after: path(state) + [.type("x")], .proceed, [.resume], then: state),
            Step(state, .expire, [.timeout], then: .overdue, ended: [.expired]),
            Step(state, .quit, ending, then: state, keys: end),
            Step(state, after: path(state) + [.question], .end, [.end], then: .ended, ended: [.abandoned, .abandoned]),
        ]
    }

    private static let echoes = [CommandMultiplexer.State.asking, .saving].flatMap { state -> [Step] in
        [
            Step(state, .echo, [.echo], then: .answering),
            Step(state, .prompt, [.lastPrompt], then: state),
            Step(state, after: path(state) + [.quit], .prompt, [.prompt], then: state),
            Step(state, after: path(state) + [.probe], .redraw, [.lastRedraw], then: .free, ended: [.lost]),
            Step(state, after: path(state) + [.probe, .quit], .redraw, [.redraw], then: .busy, ended: [.lost]),
        ]
    }

    private static func path(_ state: CommandMultiplexer.State) -> [CommandMultiplexerInput] { Step.paths[state] ?? [] }

    @Test("A transition enters the state of the table, sends its keys and ends its questions", arguments: steps)
    func step(_ step: Step) {
        var multiplexer = CommandMultiplexer(prompt: "testpmd> ")
        for input in step.path { _ = multiplexer.take(input) }
        #expect(multiplexer.state == step.state)
        let (keys, ended) = multiplexer.take(step.input)
        #expect(multiplexer.state == step.next)
        #expect(keys == step.keys)
        #expect(ended == step.ended)
        let next = step.events.reduce(step.state) { state, event in
            if case .go(let next, _) = state.after(event) { next } else { state }
        }
        #expect(next == step.next)
    }

    private static let inputs: [CommandMultiplexerInput] = [
        .type("x"), .type("\n"), .type("\t"), .type("\u{3}"), .type("\u{1b}"), .question, .question, .echo, .prompt,
        .prompt,
        .prompt, .probe, .redraw, .expire, .quit,
    ]

    @Test("Whatever happens in whatever order, state and data agree, and each question ends once", arguments: 1...200)
    func random(_ seed: Int) {
        var dice = Dice(seed)
        var multiplexer = CommandMultiplexer(prompt: "testpmd> ")
        var asked = 0
        var ended = 0
        for _ in 0..<500 {
            let input = Self.inputs.randomElement(using: &dice) ?? .prompt
            if case .probe = input, !multiplexer.prompts.canProbe { continue }
            if case .question = input { asked += 1 }
            ended += multiplexer.take(input).ended.count
            _ = multiplexer.take(.proceed)
            let isFree = multiplexer.state == .free || multiplexer.state == .typing
            let hasQuestion = multiplexer.command != nil
            guard isFree == (multiplexer.prompts.count == 0), hasQuestion == multiplexer.state.hasQuestion else {
                Issue.record("\(input) leads to \(multiplexer.state)")
                return
            }
        }
        ended += multiplexer.take(.end).ended.count
        #expect(ended == asked)
    }

    @Test("Each pair of a state and an event that can occur has its step, the end of testpmd aside")
    func complete() {
        var seen: Set<[String]> = []
        for step in Self.steps {
            var state = step.state
            for event in step.events {
                seen.insert([state.rawValue, event.rawValue])
                #expect(state.after(event) != .impossible, "\(state), \(event)")
                if case .go(let next, _) = state.after(event) { state = next }
            }
        }
        for state in CommandMultiplexer.State.allCases where state != .ended {
            for event in CommandMultiplexer.Event.allCases where state.after(event) != .impossible {
                #expect(seen.contains([state.rawValue, event.rawValue]), "\(state), \(event)")
            }
        }
    }
}
