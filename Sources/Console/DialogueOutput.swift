/// What of that which is shown belongs to whom.
extension Dialogue {
    private var awaitsPrompt: Bool { (asked == nil || asked?.answer != nil) && !turns.isEmpty }

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

    /// The prompt is there. The question that this ends, and its answer; `nil` when the echo of the question was never seen.
    mutating func prompt(isFresh: Bool) -> (question: Question, answer: Answer?)? {
        isListing = false
        candidate = nil
        partialEcho = nil
        pieces = 0
        // The echo has not come yet: this prompt is the one that the question was put at.
        if isFresh, turns.first == .question, let asked, asked.answer == nil { return nil }
        let over = turns.prefix(isFresh ? 1 : probed ?? 0)
        probed = isFresh ? probed.map { $0 - over.count } : nil
        guard !over.isEmpty else { return nil }
        turns.removeFirst(over.count)
        isEchoed = false
        if turns.isEmpty, !isTyping { mayList = false }
        guard over.contains(.question), let asked else { return nil }
        self.asked = nil
        return (asked.question, asked.answer)
    }
}
