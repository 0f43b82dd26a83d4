/// What of that which is shown belongs to whom.
extension Dialogue {
    /// Whether a prompt has to come yet, and the row may be one of which another thread's line has taken the beginning.
    func mayHaveMissed(_ row: [UInt8]) -> Bool {
        // As long as the echo of a question has not come, this is the prompt that it was put at.
        awaitsPrompt && !row.isEmpty && prompt.hasSuffix(row)
    }

    private var awaitsPrompt: Bool { (asked == nil || asked?.answer != nil) && !turns.isEmpty }

    /// It was quiet for a while after such a row: it is the last of the prompts that had to come.
    mutating func settle(_ row: [UInt8]) -> [UInt8] {
        turns.removeAll { $0 != .question || asked == nil }
        isEchoed = false
        return prompt.dropLast(row.count)
    }

    /// A line has come to its end.
    mutating func line(_ row: [UInt8]) -> Meaning {
        let foreign = LineContent.startOfLog(row)
        if let foreign, piece(row[..<foreign]) { return .output(Array(row[foreign...])) }
        if let meaning = asked?.line(row, log: foreign) { return meaning }
        guard row.starts(with: prompt) else { return plain(row, log: foreign) }
        let end = foreign ?? row.endIndex
        let own = Array(row[prompt.count..<max(end, prompt.count)].drop { $0 == 0x20 })
        guard foreign == nil else {
            partialEcho = own
            return .output(Array(row[end...]))
        }
        guard asked == nil, let turn = turns.first, !isEchoed else {
            // Nobody has entered it. Either the editor lists how it may go on, and draws it again; or another thread has printed something.
            isListing = mayList && !own.isEmpty
            partialEcho = mayList ? nil : []
            return isListing || own.isEmpty ? .nothing : .output(own)
        }
        guard !mayList else {
            candidate = own.isEmpty ? nil : own
            return .nothing
        }
        return echo(turn, own)
    }

    /// Whether this, before another thread's line, may be the next piece of a prompt that has to come.
    private mutating func piece(_ start: ArraySlice<UInt8>) -> Bool {
        guard awaitsPrompt, pieces + start.count < prompt.count, prompt[pieces...].starts(with: start) else {
            pieces = 0
            return false
        }
        pieces += start.count
        return !start.isEmpty
    }

    /// The pieces of a prompt that came before, when the last one begins this row.
    func missing(_ row: [UInt8]) -> [UInt8] {
        pieces > 0 && awaitsPrompt && row.starts(with: prompt[pieces...]) ? Array(prompt[..<pieces]) : []
    }

    /// A command that was entered, now that this row follows it or, with `nil`, a fresh prompt: help is rows with a space in front and a prompt that is
    /// drawn again.
    mutating func confirm(before row: [UInt8]?) -> Meaning? {
        guard let text = candidate, row?.first != 0x20, let turn = turns.first else { return nil }
        candidate = nil
        return echo(turn, text)
    }

    /// A row without a prompt: after another thread's line it may be the rest of a command.
    private mutating func plain(_ row: [UInt8], log: Int?) -> Meaning {
        if let log, isListing || partialEcho != nil {
            partialEcho? += row[..<log]
            return .output(Array(row[log...]))
        }
        guard let partial = partialEcho, let turn = turns.first, !isEchoed else {
            return isListing && row.first == 0x20 ? .nothing : .output(row)
        }
        partialEcho = nil
        return echo(turn, partial + row)
    }

    private mutating func echo(_ turn: Turn, _ text: [UInt8]) -> Meaning {
        isEchoed = true
        guard case .entered(let peer) = turn, !text.isEmpty else { return .nothing }
        return .entered(text, by: peer)
    }

    /// The prompt is there. The question that this ends, and its answer.
    mutating func prompt(isFresh: Bool) -> (question: Question, answer: Answer)? {
        isListing = false
        candidate = nil
        partialEcho = nil
        pieces = 0
        guard isFresh, !turns.isEmpty else { return nil }
        // The echo has not come yet: this prompt is the one that the question was put at.
        if turns.first == .question, let asked, asked.answer == nil { return nil }
        turns.removeFirst()
        isEchoed = false
        if turns.isEmpty, !isTyping { mayList = false }
        guard let asked, let answer = asked.answer else { return nil }
        self.asked = nil
        return (asked.question, answer)
    }
}

extension [UInt8] {
    func hasSuffix(_ end: [UInt8]) -> Bool { end.count <= count && self[(count - end.count)...].elementsEqual(end) }
}
