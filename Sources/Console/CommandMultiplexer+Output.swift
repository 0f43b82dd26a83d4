/// The meaning of what the terminal shows.
extension CommandMultiplexer {
    /// What a line that was shown is.
    enum Meaning: Hashable {
        /// Something that the program printed.
        case output([UInt8])
        /// A command that a client entered; `nil` when the console did.
        case entered([UInt8], by: Peer?)
        /// Part of an answer.
        case answer
        /// The command line itself, or help for a client that types.
        case nothing
    }

    /// A line is complete.
    mutating func line(_ row: [UInt8]) -> Meaning {
        let log = LogLineClassifier.startOfLog(row)
        if let log, takePiece(row[..<log]) { return .output(Array(row[log...])) }
        switch state {
        case .answering: return command?.read(row, log: log) ?? .output(row)
        case .asking, .saving:
            guard awaitsEcho else { break }
            guard let rest = command?.echo(row) else {
                _ = handle(.echo)
                return .nothing
            }
            if state == .asking { return rest.isEmpty ? .nothing : .output(rest) }
        case .free, .typing, .busy, .typingAhead, .overdue, .ended: break
        }
        let isAwaited = !state.hasQuestion && prompts.count > 0 && !prompts.isEchoed
        switch echo.read(row, log: log, isAwaited: isAwaited) {
        case .echo(let line): return entered(line)
        case .output(let text): return .output(text)
        case .nothing: return .nothing
        }
    }

    /// Returns the command whose echo is certain, now that this row follows it or, with `nil`, a
    /// fresh prompt.
    mutating func confirm(before row: [UInt8]?) -> Meaning? { echo.confirm(before: row).map { entered($0) } }

    private mutating func entered(_ line: [UInt8]) -> Meaning {
        prompts.isEchoed = true
        guard case .entered(let peer)? = prompts.first, !line.isEmpty else { return .nothing }
        return .entered(line, by: peer)
    }

    /// Whether this, before another thread's line, is the next piece of a prompt that has to come.
    private mutating func takePiece(_ start: ArraySlice<UInt8>) -> Bool {
        if state.awaitsPrompt { return torn.take(start) }
        torn.reset()
        return false
    }

    /// Returns the pieces of a prompt that came before, when the last one begins this row.
    func missing(_ row: [UInt8]) -> [UInt8] { state.awaitsPrompt ? torn.missing(before: row) : [] }

    /// A prompt is shown: a fresh one, or that of a row which the editor has drawn again. Returns
    /// the question that it ends.
    mutating func prompt(isFresh: Bool) -> [EndedQuestion] {
        echo.prompted()
        torn.reset()
        let over = prompts.over(isFresh: isFresh)
        let isLast = over == prompts.count
        if !isFresh { prompts.redrawn() }
        // Clients make the editor draw its row again as well.
        guard isFresh || over > 0 else { return [] }
        let event: Event =
            switch (isFresh, isLast) {
            case (true, false): .prompt
            case (true, true): .lastPrompt
            case (false, false): .redraw
            case (false, true): .lastRedraw
            }
        let ended = handle(event, over: over).ended
        if state == .free { echo.mayList = false }
        return ended
    }
}
