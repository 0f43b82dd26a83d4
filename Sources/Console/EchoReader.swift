/// Finds the lines that clients entered in what the editor shows: a row with the prompt that ends
/// is the echo of such a line, unless the editor lists help for it or another thread prints on it.
struct EchoReader {
    /// What the row with the prompt has become.
    enum State: Hashable {
        /// It is the editor's, or has ended as an echo.
        case prompt
        /// The editor lists how the line can go on.
        case listing
        /// It is an echo, or a line for which the editor lists help: the next row shows that.
        case candidate([UInt8])
        /// Another thread has ended it behind these bytes of the line.
        case torn([UInt8])
    }

    /// What a row is.
    enum Row: Hashable {
        /// The echo of this line; with a row of another thread before its end, the rest of it.
        case echo([UInt8])
        /// What another thread or a command has printed.
        case output([UInt8])
        /// The editor's own.
        case nothing
    }

    private let prompt: [UInt8]
    private(set) var state = State.prompt
    /// Whether clients may have asked the editor how the line can go on.
    var mayList = false

    init(prompt: [UInt8]) { self.prompt = prompt }

    /// The editor has drawn its prompt.
    mutating func prompted() { state = .prompt }

    /// Takes a row that has ended. `log` is where another thread's line begins in it, `isAwaited`
    /// is true when an echo has to come.
    mutating func read(_ row: [UInt8], log: Int?, isAwaited: Bool) -> Row {
        guard row.starts(with: prompt) else { return readOther(row, log: log, isAwaited: isAwaited) }
        let end = max(log ?? row.endIndex, prompt.count)
        let line = Array(row[prompt.count..<end].drop { $0 == 0x20 })
        if log != nil {
            state = .torn(line)
            return .output(Array(row[end...]))
        }
        switch (isAwaited, mayList) {
        case (true, true):
            state = line.isEmpty ? .prompt : .candidate(line)
            return .nothing
        case (true, false):
            state = .prompt
            return .echo(line)
        case (false, true):
            state = line.isEmpty ? .prompt : .listing
            return .nothing
        case (false, false):
            // No client has entered it: another thread has printed behind the prompt.
            state = .torn([])
            return line.isEmpty ? .nothing : .output(line)
        }
    }

    /// A row without the prompt: after another thread's line it can be the rest of a line.
    private mutating func readOther(_ row: [UInt8], log: Int?, isAwaited: Bool) -> Row {
        switch (state, log) {
        case (.torn(let start), let log?):
            state = .torn(start + row[..<log])
            return .output(Array(row[log...]))
        case (.torn(let start), nil) where isAwaited:
            state = .prompt
            return .echo(start + row)
        case (.listing, let log?): return .output(Array(row[log...]))
        case (.listing, nil) where row.first == 0x20: return .nothing
        case (.torn, nil), (.listing, nil), (.prompt, _), (.candidate, _): return .output(row)
        }
    }

    /// Returns the line that was a candidate and is an echo, because `row` follows it or, with
    /// `nil`, a fresh prompt: help is rows with a space in front, and a prompt that is drawn again.
    mutating func confirm(before row: [UInt8]?) -> [UInt8]? {
        guard case .candidate(let line) = state, row?.first != 0x20 else { return nil }
        state = .prompt
        return line
    }
}
