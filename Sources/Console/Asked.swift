/// What was printed between a question and the next prompt.
struct Answer: Hashable {
    private(set) var lines: [[UInt8]] = []
    private(set) var count = 0
    /// Longer answers are none.
    static let limit = Frame.limit - 1

    mutating func append(_ line: [UInt8]) {
        count += line.count + 1
        if count <= Self.limit { lines.append(line) }
    }

    /// The line feed that comes before an event is the event's.
    mutating func dropEmptyLine() {
        guard lines.last?.isEmpty == true else { return }
        lines.removeLast()
        count -= 1
    }
}

/// A question that was put: its echo is awaited, then its answer.
struct Asked {
    var question: Dialogue.Question
    /// Whether nobody had half typed anything, so that all that is shown belongs to it.
    let isAlone: Bool
    private let prompt: [UInt8]
    /// How much of its command has come on rows that another thread has ended.
    private var echoed = 0
    /// `nil` until its echo was complete.
    private(set) var answer: Answer?

    init(_ question: Dialogue.Question, prompt: [UInt8], isAlone: Bool) {
        self.question = question
        self.isAlone = isAlone
        self.prompt = prompt
    }

    /// Whatever was on the row before is gone.
    mutating func restart() { echoed = 0 }

    /// What a line means; `nil` when the question has nothing to do with it. `log` is where something begins that a library reports.
    mutating func line(_ line: [UInt8], log: Int?) -> Dialogue.Meaning? {
        guard answer == nil else { return printed(line, log) }
        let command = question.command
        // Another thread may print in the middle of the echo, so the rest of it is enough.
        if (prompt + command).hasSuffix(line), line.count >= command.count - echoed {
            answer = Answer()
            return .nothing
        }
        let text = line.starts(with: prompt) ? line[prompt.count...] : line[...]
        let common = zip(command[echoed...], text).prefix { $0 == $1 }.count
        echoed += common
        guard isAlone else { return nil }
        return common == text.count ? .nothing : .output(Array(text.dropFirst(common)))
    }

    private mutating func printed(_ line: [UInt8], _ log: Int?) -> Dialogue.Meaning {
        if LineContent.isEvent(line) {
            answer?.dropEmptyLine()
            return .output(line)
        }
        if log == 0, LineContent(line).isChatter { return .output(line) }
        answer?.append(line)
        return .answer
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { end.count <= count && self[(count - end.count)...].elementsEqual(end) }
}
