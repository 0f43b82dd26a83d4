/// What goes to a command line that several share, and what of what it shows belongs to whom.
///
/// People type as if they were alone. A question waits until the prompt is free; what somebody has half typed is put aside before and brought back
/// after it with the line editor's own keys, so that testpmd keeps it and nothing has to be guessed (DPDK: lib/cmdline/cmdline_rdline.c).
struct Dialogue {
    /// A command that somebody wants an answer to.
    struct Question: Hashable {
        /// `nil` when whoever asked has gone.
        var client: Int?
        var command: [UInt8]
        /// When it is given up, in milliseconds of the console's clock.
        var deadline: Int
    }

    /// What a line that was shown is.
    enum Meaning: Hashable {
        /// Something that the program printed.
        case output([UInt8])
        /// A command that a client entered; `nil` when the console did.
        case entered([UInt8], by: Peer?)
        /// Part of an answer.
        case answer
        /// The command line itself, or help for somebody who types.
        case nothing
    }

    /// Who is shown what the terminal shows.
    enum View: Hashable {
        /// Everybody.
        case open
        /// Nobody: it belongs to a question.
        case hidden
        /// Everybody, up to where what was half typed is put aside for a question. That is where the row is erased the last time before the echo.
        case undecided
    }

    private enum Key {
        static let toStart: UInt8 = 0x01, interrupt: UInt8 = 0x03, forward: UInt8 = 0x06, tab: UInt8 = 0x09, cut: UInt8 = 0x0b
        static let redraw: UInt8 = 0x0c, paste: UInt8 = 0x19, help = UInt8(ascii: "?")
    }

    /// What was half typed, while it is in the editor's cut buffer.
    private struct Aside {
        /// How much of it is left of the caret, and all of it; `nil` when that was not to be seen.
        var caret: (left: Int, all: Int)?
        /// What was left of the row when its end was erased the last time.
        var rest: [UInt8]?
        /// An escape sequence that was begun.
        var escape: [UInt8]
    }

    /// What ends with a fresh prompt.
    enum Turn: Hashable {
        case start
        case entered(Peer?)
        case interrupted
        case question
    }

    let prompt: [UInt8]
    private var keys = KeyStream()
    var turns: [Turn] = [.start]
    var isEchoed = false
    /// What was entered, or what help was listed for: a prompt tells.
    var candidate: [UInt8]?
    /// What was echoed of a command before another thread printed a line.
    var partialEcho: [UInt8]?
    /// How much of the prompt has come before lines of other threads.
    var pieces = 0
    /// How many of the turns are over when the editor draws its row again, as it was asked to.
    var probed: Int?
    /// Whether somebody may have half typed something, and may have asked the editor how it can go on.
    var isTyping = false
    var mayList = false
    var isListing = false
    private var aside: Aside?
    private var held: [(peer: Peer?, bytes: [UInt8])] = []
    /// Bytes that wait for the end of an answer.
    private(set) var heldCount = 0
    private(set) var questions: [Question] = []
    var asked: Asked?

    init(prompt: String) { self.prompt = Array(prompt.utf8) }

    /// Who is shown what the terminal shows now.
    var view: View {
        guard let asked else { return .open }
        return asked.isAlone || asked.answer != nil ? .hidden : .undecided
    }

    /// Whether the first prompt has been there.
    var hasStarted: Bool { turns.first != .start }

    /// When the next question is given up.
    var deadline: Int? { (questions.map(\.deadline) + [asked?.question.deadline].compactMap { $0 }).min() }

    /// Whether a prompt has to come and the editor can be asked for one.
    var canProbe: Bool { probed == nil && !turns.isEmpty }

    /// Lines of other threads may have torn a prompt beyond recognition. What goes to the terminal when it has been quiet for a while: once the editor
    /// draws its row again, all that was entered before is over.
    mutating func probe() -> [UInt8] {
        probed = turns.count
        return keys.pending.isEmpty ? [Key.redraw] : KeyStream.release + [Key.redraw] + keys.pending
    }

    // MARK: Typing

    /// Somebody types; what goes to the terminal now.
    mutating func type(_ bytes: [UInt8], by peer: Peer?) -> [UInt8] {
        guard asked != nil else { return pass(bytes, by: peer) }
        heldCount += bytes.count
        if held.last?.peer == peer, !held.isEmpty { held[held.count - 1].bytes += bytes } else { held.append((peer, bytes)) }
        return []
    }

    /// The console itself wants an end: whatever is half typed goes.
    mutating func quit() -> [UInt8] {
        let command = Array("stop\nquit\n".utf8)
        (aside, held, heldCount) = (nil, [], 0)
        // Before the first prompt Ctrl-C would be a signal.
        guard hasStarted else { return pass(command, by: nil) }
        let release = keys.pending.isEmpty ? [] : KeyStream.release
        keys.reset()
        return release + pass([Key.interrupt] + command, by: nil)
    }

    private mutating func pass(_ bytes: [UInt8], by peer: Peer?) -> [UInt8] {
        for byte in bytes {
            switch keys.take(byte) {
            case 0x0a, 0x0d: end(.entered(peer))
            case Key.interrupt: end(.interrupted)
            case Key.tab, Key.help:
                isTyping = true
                mayList = true
            default: isTyping = true
            }
        }
        return bytes
    }

    private mutating func end(_ turn: Turn) {
        turns.append(turn)
        isTyping = false
    }

    // MARK: Questions

    /// A question comes in. Its command is one line of printable ASCII.
    mutating func ask(_ question: Question) { questions.append(question) }

    /// What goes to the terminal now: the next question, if there is one and the prompt is free.
    mutating func proceed() -> [UInt8] {
        guard asked == nil, turns.isEmpty, !questions.isEmpty else { return [] }
        let question = questions.removeFirst()
        asked = Asked(question, prompt: prompt, isAlone: !isTyping)
        turns.append(.question)
        guard isTyping else { return question.command + [0x0a] }
        aside = Aside(escape: keys.pending)
        let release = keys.pending.isEmpty ? [] : KeyStream.release
        keys.reset()
        isTyping = false
        // What is right of the caret is cut and put back first, which shows where the caret was.
        return release + [Key.cut, Key.paste, Key.toStart, Key.cut] + question.command + [0x0a]
    }

    /// The end of the row was erased. Before the echo of a question the last time that is where the editor cut everything, and the time before where
    /// the caret was.
    mutating func erased(_ count: Int, left row: [UInt8]) {
        guard view == .undecided, let aside else { return }
        let caret = aside.rest.flatMap { $0.starts(with: prompt) ? $0.count - prompt.count : nil }
        self.aside?.caret = row == prompt ? caret.map { ($0, count) } : nil
        self.aside?.rest = row
        asked?.restart()
    }

    /// Questions whose time is over at `now`; one that was put already is answered late, to nobody.
    mutating func expire(_ now: Int) -> [Question] {
        var expired = questions.filter { $0.deadline <= now }
        questions.removeAll { $0.deadline <= now }
        if let question = asked?.question, question.deadline <= now {
            expired.insert(question, at: 0)
            asked = nil
        }
        return expired
    }

    /// What was half typed and what was typed since the question, once nobody asks any more or somebody waits to type.
    mutating func resume() -> [UInt8] {
        guard asked == nil, !held.isEmpty || questions.isEmpty else { return [] }
        var bytes: [UInt8] = []
        if let aside {
            self.aside = nil
            bytes.append(Key.paste)
            isTyping = true
            if let (left, all) = aside.caret, left < all { bytes += [Key.toStart] + [UInt8](repeating: Key.forward, count: left) }
            bytes += pass(aside.escape, by: nil)
        }
        let waiting = held
        held = []
        heldCount = 0
        for (peer, typed) in waiting { bytes += pass(typed, by: peer) }
        return bytes
    }

    /// A client has gone: its questions that were not put yet are none any more, and the answer to the other one is for nobody.
    mutating func forget(_ client: Int) {
        questions.removeAll { $0.client == client }
        if asked?.question.client == client { asked?.question.client = nil }
    }

    /// All questions, when nobody will answer them any more.
    mutating func abandon() -> [Question] {
        defer {
            asked = nil
            questions = []
        }
        return [asked?.question].compactMap { $0 } + questions
    }
}
