/// What was printed between a question and the next prompt.
struct CommandOutput: Hashable {
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

/// The command of a question, while its echo or its answer has to come.
struct PendingCommand {
    var question: CommandMultiplexer.Question
    private(set) var answer = CommandOutput()
    private let prompt: [UInt8]
    /// How much of the command has come on rows that another thread has ended.
    private var echoed = 0

    init(_ question: CommandMultiplexer.Question, prompt: [UInt8]) {
        self.question = question
        self.prompt = prompt
    }

    /// Begins the echo again, because what was on the row before is erased.
    mutating func restartEcho() { echoed = 0 }

    /// Takes a row in which the echo has to come. Returns what does not belong to the echo, or
    /// `nil` when the echo is complete.
    mutating func echo(_ row: [UInt8]) -> [UInt8]? {
        let command = question.command
        // Another thread may print in the middle of the echo, so the rest of it is enough.
        if (prompt + command).hasSuffix(row), row.count >= command.count - echoed { return nil }
        let text = row.starts(with: prompt) ? row[prompt.count...] : row[...]
        let common = zip(command[echoed...], text).prefix { $0 == $1 }.count
        echoed += common
        return Array(text.dropFirst(common))
    }

    /// Takes a row that is printed after the echo. `log` is where another thread's line begins in
    /// it.
    mutating func read(_ row: [UInt8], log: Int?) -> CommandMultiplexer.Meaning {
        if LogLineClassifier.isEvent(row) {
            answer.dropEmptyLine()
            return .output(row)
        }
        if log == 0, LogLineClassifier(row).isLibraryLog { return .output(row) }
        answer.append(row)
        return .answer
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ end: [UInt8]) -> Bool {
        end.count <= count && self[(count - end.count)...].elementsEqual(end)
    }
}
