/// The command line of testpmd between clients that type and clients that put questions.
///
/// Clients type as if they were alone. A question waits until the prompt is free; the line that
/// clients have typed by then is saved before the question and restored after it with the line
/// editor's own keys, so that testpmd keeps it (DPDK: lib/cmdline/cmdline_rdline.c). What happens
/// in which state is in `State.after(_:)`.
struct CommandMultiplexer {
    /// A command that a client wants the answer to.
    struct Question: Hashable {
        /// `nil` when the client has disconnected.
        var client: Int?
        var command: [UInt8]
        /// When the question is given up, in milliseconds of the console's clock.
        var deadline: Int
    }

    /// How a question ends.
    enum Ending: Hashable {
        case answered(CommandOutput)
        /// The answer cannot be distinguished from the output of other threads.
        case lost
        case expired
        /// testpmd has ended.
        case abandoned
    }

    /// A question that has ended.
    struct EndedQuestion: Hashable {
        var question: Question
        var ending: Ending
    }

    /// What an event leads to: keys for the terminal, and questions that end, in order.
    struct Effect {
        var keys: [UInt8] = []
        var ended: [EndedQuestion] = []
    }

    private enum Key {
        static let toStart: UInt8 = 0x01, interrupt: UInt8 = 0x03, forward: UInt8 = 0x06, tab: UInt8 = 0x09,
            cut: UInt8 = 0x0b
        static let redraw: UInt8 = 0x0c, next: UInt8 = 0x0e, previous: UInt8 = 0x10, paste: UInt8 = 0x19,
            help = UInt8(ascii: "?")
    }

    /// The line in the editor's cut buffer.
    private struct SavedLine {
        /// How many of its characters are left of the caret, and all of them; `nil` when that
        /// cannot be seen.
        var caret: (left: Int, all: Int)?
        /// What was left of the row when its end was erased the last time.
        var rest: [UInt8]?
        /// Whether nothing of the line was left on the row then: the editor has cut it.
        var isCut = false
        /// An escape sequence that is not complete.
        var escape: [UInt8]
    }

    let prompt: [UInt8]
    private(set) var state = State.busy
    var prompts = PendingPrompts()
    var torn: TornPrompt
    var echo: EchoReader
    /// The command of the question that was put.
    var command: PendingCommand?
    private(set) var questions: [Question] = []
    private var keys = KeyStream()
    private var saved: SavedLine?
    private var held: [(peer: Peer?, bytes: [UInt8])] = []
    /// Bytes that are held until the end of an answer.
    private(set) var heldCount = 0

    init(prompt: String) {
        self.prompt = Array(prompt.utf8)
        torn = TornPrompt(self.prompt)
        echo = EchoReader(prompt: self.prompt)
    }

    /// Whether a row can be the echo of the question: rows before the cut are those of the line
    /// that clients have typed, which can be the same command, or help for it.
    var awaitsEcho: Bool { state == .asking || state == .saving && saved?.isCut == true }

    /// When the next question is given up.
    var deadline: Int? { (questions + [command?.question].compactMap { $0 }).map(\.deadline).min() }

    /// Takes an event: enters the next state, then does what the transition asks for. `input` are
    /// the keys of a client, `over` is the number of prompts that have come.
    mutating func handle(_ event: Event, input: [UInt8] = [], by peer: Peer? = nil, over: Int = 0) -> Effect {
        var actions: [Action] = []
        switch state.after(event) {
        case .impossible: assertionFailure("\(event) cannot occur while \(state)")
        case .stay(let list): actions = list
        case .go(let next, let list):
            state = next
            actions = list
        }
        var effect = Effect()
        for action in actions {
            switch action {
            case .pass: effect.keys += pass(input, by: peer)
            case .hold: hold(input, by: peer)
            case .save: effect.keys += save()
            case .ask: effect.keys += putNext()
            case .restore: effect.keys += restore()
            case .quit: effect.keys += typeQuit()
            case .advance: prompts.advance(over)
            case .answer: effect.ended += end(.answered(command?.answer ?? CommandOutput()))
            case .lose: effect.ended += end(.lost)
            case .expire: effect.ended += end(.expired)
            case .abandon:
                effect.ended += end(.abandoned) + questions.map { EndedQuestion(question: $0, ending: .abandoned) }
                questions = []
            }
        }
        return effect
    }
}

// MARK: - Events of the console

extension CommandMultiplexer {
    /// A client types; returns what goes to the terminal now.
    mutating func type(_ bytes: [UInt8], by peer: Peer?) -> [UInt8] { handle(.input, input: bytes, by: peer).keys }

    /// The console stops testpmd: the line that clients have typed is discarded.
    mutating func quit() -> [UInt8] { handle(.quit).keys }

    /// A question comes in. Its command is one line of printable ASCII.
    mutating func ask(_ question: Question) { questions.append(question) }

    /// Returns what goes to the terminal now: held keys and the saved line, when a client waits to
    /// type or no question waits; then the next question, if the prompt is free.
    mutating func proceed() -> [UInt8] {
        var keys: [UInt8] = []
        if !held.isEmpty || saved != nil && questions.isEmpty { keys += handle(.resume).keys }
        if !questions.isEmpty { keys += handle(.question).keys }
        return keys
    }

    /// Ends the questions whose time is over at `now`. The command of the one that was put runs on.
    mutating func expire(_ now: Int) -> [EndedQuestion] {
        var ended: [EndedQuestion] = []
        if let command, command.question.deadline <= now { ended = handle(.timeout).ended }
        ended += questions.filter { $0.deadline <= now }.map { EndedQuestion(question: $0, ending: .expired) }
        questions.removeAll { $0.deadline <= now }
        return ended
    }

    /// A client has disconnected: its questions that wait are removed, and the answer to the one
    /// that was put is for no client.
    mutating func forget(_ client: Int) {
        questions.removeAll { $0.client == client }
        if command?.question.client == client { command?.question.client = nil }
    }

    /// Ends all questions, because testpmd has ended.
    mutating func abandon() -> [EndedQuestion] { handle(.end).ended }

    /// Lines of other threads may have torn a prompt beyond recognition. Returns what goes to the
    /// terminal when it has been quiet for a while: once the editor draws its row again, all that
    /// was entered before is over.
    mutating func probe() -> [UInt8] {
        prompts.request()
        return keys.pending.isEmpty ? [Key.redraw] : KeyStream.release + [Key.redraw] + keys.pending
    }

    /// The end of the row was erased. The last time before the echo of a question is where the
    /// editor cuts the whole line, and the time before where the caret is.
    mutating func erased(_ count: Int, left row: [UInt8]) {
        guard state == .saving, let saved else { return }
        let caret = saved.rest.flatMap { $0.starts(with: prompt) ? $0.count - prompt.count : nil }
        self.saved?.caret = row == prompt ? caret.map { ($0, count) } : nil
        self.saved?.rest = row
        self.saved?.isCut = row == prompt || row.isEmpty
        command?.restartEcho()
    }
}

// MARK: - Actions

extension CommandMultiplexer {
    private mutating func pass(_ bytes: [UInt8], by peer: Peer?) -> [UInt8] {
        for byte in bytes {
            switch keys.take(byte) {
            case 0x0a, 0x0d: enter(.entered(peer))
            case Key.interrupt: enter(.interrupted)
            case Key.tab, Key.help:
                echo.mayList = true
                prompts.addRedraw()
                _ = handle(.key)
            case Key.redraw, Key.next, Key.previous:
                prompts.addRedraw()
                _ = handle(.key)
            case nil:
                // The end of a sequence, which can be that of an arrow key.
                if keys.pending.isEmpty { prompts.addRedraw() }
                _ = handle(.key)
            default: _ = handle(.key)
            }
        }
        return bytes
    }

    private mutating func enter(_ cause: PendingPrompts.Cause) {
        prompts.append(cause)
        _ = handle(.enter)
    }

    private mutating func hold(_ bytes: [UInt8], by peer: Peer?) {
        heldCount += bytes.count
        if held.last?.peer == peer, !held.isEmpty {
            held[held.count - 1].bytes += bytes
        } else {
            held.append((peer, bytes))
        }
    }

    private mutating func save() -> [UInt8] {
        saved = SavedLine(escape: keys.pending)
        let release = keys.pending.isEmpty ? [] : KeyStream.release
        keys.reset()
        // What is right of the caret is cut and pasted first, which shows where the caret was.
        return release + [Key.cut, Key.paste, Key.toStart, Key.cut]
    }

    private mutating func putNext() -> [UInt8] {
        let question = questions.removeFirst()
        command = PendingCommand(question, prompt: prompt)
        prompts.append(.question)
        return question.command + [0x0a]
    }

    private mutating func restore() -> [UInt8] {
        var bytes: [UInt8] = []
        if let saved {
            self.saved = nil
            bytes.append(Key.paste)
            _ = handle(.key)
            if let (left, all) = saved.caret, left < all {
                bytes += [Key.toStart] + [UInt8](repeating: Key.forward, count: left)
            }
            bytes += pass(saved.escape, by: nil)
        }
        let waiting = held
        held = []
        heldCount = 0
        for (peer, typed) in waiting { bytes += pass(typed, by: peer) }
        return bytes
    }

    private mutating func typeQuit() -> [UInt8] {
        let command = Array("stop\nquit\n".utf8)
        saved = nil
        held = []
        heldCount = 0
        // Before the first prompt Ctrl-C would be a signal.
        guard prompts.first != .start else { return pass(command, by: nil) }
        let release = keys.pending.isEmpty ? [] : KeyStream.release
        keys.reset()
        return release + pass([Key.interrupt] + command, by: nil)
    }

    private mutating func end(_ ending: Ending) -> [EndedQuestion] {
        defer { command = nil }
        return command.map { [EndedQuestion(question: $0.question, ending: ending)] } ?? []
    }
}
