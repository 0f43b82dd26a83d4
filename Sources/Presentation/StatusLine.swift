import Linux

/// A status that changes, such as the progress of a compilation: one line in place on a terminal,
/// elsewhere a line for each phase.
package struct StatusLine {
    private let name: String
    /// The width of the terminal; `nil` for another output.
    private let columns: Int?
    private var phase = ""
    private var isOpen = false

    /// For standard output.
    package init(_ name: String) {
        let isTerminal = Descriptor.isTerminal(Descriptor.standardOutput) && Environment["TERM"] ?? "dumb" != "dumb"
        self.init(name, columns: isTerminal ? TerminalSize(of: Descriptor.standardOutput).columns : nil)
    }

    init(_ name: String, columns: Int?) {
        self.name = name
        self.columns = columns
    }

    /// Returns what is printed for a status; a phase is what comes before `[`.
    package mutating func text(_ status: String) -> String {
        if let columns {
            isOpen = true
            // To the beginning of the line, and clear it (console_codes(4)).
            return "\r\u{1B}[K" + StyledLine("\(name): \(status)").fitted(to: columns).text()
        }
        let new = String(status.prefix { $0 != "[" })
        guard new != phase else { return "" }
        phase = new
        return "\(name): \(status)\n"
    }

    /// Returns what ends the line.
    package mutating func end() -> String {
        defer { isOpen = false }
        return isOpen ? "\n" : ""
    }
}
