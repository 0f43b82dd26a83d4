/// What goes to a command line that several share, and what of what it shows belongs to whom.
///
/// People type as if they were alone. A question waits until the prompt is free; what somebody has half typed is put aside before and brought back
/// after it with the line editor's own keys, so that testpmd keeps it and nothing has to be guessed (DPDK: lib/cmdline/cmdline_rdline.c).
struct Dialogue {
    /// A command that somebody wants an answer to.
    struct Question: Hashable {
        var client: Int
        var command: [UInt8]
        /// When it is given up, in milliseconds of the console's clock.
        var deadline: Int
    }

    /// What a line that was shown is.
    enum Meaning: Hashable {
        /// Something that the program printed; `isListing` when it only helps somebody to type.
        case output(isListing: Bool)
        /// A command that a client entered; `nil` when the console did.
        case entered([UInt8], by: Int?)
        /// Part of an answer.
        case answer
        /// The command line itself.
        case nothing
    }

    private enum Key {
        static let toStart: UInt8 = 0x01, interrupt: UInt8 = 0x03, toEnd: UInt8 = 0x05, cut: UInt8 = 0x0b, paste: UInt8 = 0x19
    }

    /// What was printed between a question and the next prompt.
    struct Answer: Hashable {
        var lines: [[UInt8]] = []
        var count = 0
        /// Longer answers are none.
        static let limit = Frame.limit - 1

        mutating func append(_ line: [UInt8]) {
            count += line.count + 1
            if count <= Self.limit { lines.append(line) }
        }
    }

    /// What ends with a fresh prompt.
    private enum Turn: Hashable {
        case start
        case entered(Int?)
        case interrupted
        case question
    }

    private let prompt: [UInt8]
    private var turns: [Turn] = [.start]
    private var isEchoed = false
    /// Whether somebody may have half typed something.
    private var isTyping = false
    private var isListing = false
    /// Whether what was half typed is in the editor's cut buffer.
    private var isPutAside = false
    private var held: [(client: Int, bytes: [UInt8])] = []
    private(set) var questions: [Question] = []
    private var asked: Question?
    private var answer: Answer?

    init(prompt: String) { self.prompt = Array(prompt.utf8) }

    /// Whether what is shown now is between a question and the end of its answer.
    var isHidden: Bool { asked != nil }

    /// Whether the first prompt has been there.
    var hasStarted: Bool { turns.first != .start }

    /// When the next question is given up.
    var deadline: Int? { (questions.map(\.deadline) + [asked?.deadline].compactMap { $0 }).min() }

    /// Bytes that wait for the end of an answer.
    var heldCount: Int { held.reduce(0) { $0 + $1.bytes.count } }

    // MARK: Typing

    /// Somebody types; what goes to the terminal now.
    mutating func type(_ bytes: [UInt8], by client: Int) -> [UInt8] {
        if asked != nil {
            held.append((client, bytes))
            return []
        }
        return pass(bytes, by: client)
    }

    /// The console itself wants an end: whatever is half typed goes.
    mutating func quit() -> [UInt8] {
        // Before the first prompt Ctrl-C would be a signal.
        let keys = hasStarted ? [Key.interrupt] : []
        return pass(keys + Array("stop\nquit\n".utf8), by: nil)
    }

    private mutating func pass(_ bytes: [UInt8], by client: Int?) -> [UInt8] {
        for byte in bytes {
            switch byte {
            case 0x0a, 0x0d:
                turns.append(.entered(client))
                isTyping = false
            case Key.interrupt:
                turns.append(.interrupted)
                isTyping = false
            default: isTyping = true
            }
        }
        return bytes
    }

    // MARK: Questions

    /// A question comes in. Its command is one line of printable ASCII.
    mutating func ask(_ question: Question) { questions.append(question) }

    /// What goes to the terminal now: the next question, if there is one and the prompt is free.
    mutating func proceed() -> [UInt8] {
        guard asked == nil, turns.isEmpty, !questions.isEmpty else { return [] }
        let question = questions.removeFirst()
        asked = question
        answer = nil
        turns.append(.question)
        var keys: [UInt8] = []
        if isTyping {
            // Twice, because the first one may only end an escape sequence that was half typed.
            keys = [Key.toStart, Key.toStart, Key.cut]
            isTyping = false
            isPutAside = true
        }
        return keys + question.command + [0x0a]
    }

    /// Questions whose time is over at `now`; one that was put already is answered late, to nobody.
    mutating func expire(_ now: Int) -> [Question] {
        var expired = questions.filter { $0.deadline <= now }
        questions.removeAll { $0.deadline <= now }
        if let question = asked, question.deadline <= now {
            expired.append(question)
            asked = nil
            answer = nil
        }
        return expired
    }

    /// What was half typed and what was typed since the question, once nobody asks any more or somebody waits to type.
    mutating func resume() -> (isRestored: Bool, bytes: [UInt8]) {
        guard asked == nil, !held.isEmpty || questions.isEmpty else { return (false, []) }
        var bytes: [UInt8] = []
        let isRestored = isPutAside
        if isPutAside {
            bytes.append(Key.paste)
            isTyping = true
            isPutAside = false
        }
        let waiting = held
        held = []
        for (client, typed) in waiting { bytes += pass(typed, by: client) }
        return (isRestored, bytes)
    }

    /// A client has gone: its questions that were not put yet are none any more.
    mutating func forget(_ client: Int) { questions.removeAll { $0.client == client } }

    /// All questions, when nobody will answer them any more.
    mutating func abandon() -> [Question] {
        defer {
            asked = nil
            questions = []
        }
        return [asked].compactMap { $0 } + questions
    }

    // MARK: What is shown

    /// Whether a prompt has to come yet, and the row may be one of which another thread's line has taken the beginning.
    func mayHaveMissed(_ row: [UInt8]) -> Bool { !turns.isEmpty && !row.isEmpty && prompt.hasSuffix(row) }

    /// It was quiet for a while after such a row: it is the last of the prompts that had to come.
    mutating func settle() -> (question: Question, answer: Answer)? {
        turns.removeAll { $0 != .question || asked == nil }
        return prompt(after: [], isFresh: true)
    }

    /// A line has come to its end.
    mutating func line(_ row: [UInt8]) -> Meaning {
        if asked != nil {
            guard answer != nil else {
                // Another thread may print in the middle of the echo, so any end of it counts.
                guard (prompt + (asked?.command ?? [])).hasSuffix(row) else { return .output(isListing: false) }
                answer = Answer()
                return .nothing
            }
            if LineContent(row).isChatter { return .output(isListing: false) }
            answer?.append(row)
            return .answer
        }
        guard row.starts(with: prompt) else { return .output(isListing: isListing && row.first == 0x20) }
        let text = Array(row.dropFirst(prompt.count).drop { $0 == 0x20 })
        guard let turn = turns.first, !isEchoed else {
            // Nobody has entered it: the line editor lists how it may go on, and draws it again.
            isListing = true
            return .nothing
        }
        isEchoed = true
        guard case .entered(let client) = turn, !text.isEmpty else { return .nothing }
        return .entered(text, by: client)
    }

    /// The prompt is there, behind `rest`. The question that this ends, and its answer.
    mutating func prompt(after rest: [UInt8], isFresh: Bool) -> (question: Question, answer: Answer)? {
        isListing = false
        guard isFresh, !turns.isEmpty else { return nil }
        // The echo has not come yet: this prompt is the one that the question was put at.
        if turns.first == .question, asked != nil, answer == nil { return nil }
        turns.removeFirst()
        isEchoed = false
        guard let question = asked else { return nil }
        var complete = answer ?? Answer()
        if !rest.isEmpty { complete.append(rest) }
        asked = nil
        answer = nil
        return (question, complete)
    }
}

extension [UInt8] {
    func hasSuffix(_ end: [UInt8]) -> Bool { end.count <= count && self[(count - end.count)...].elementsEqual(end) }
}
