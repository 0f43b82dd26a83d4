package import Linux
package import Presentation

/// Lines at the end of a terminal's output that are drawn over each other (`console_codes(4)`). The
/// terminal has no mode of its own, so a program that is killed leaves it as it was.
package struct LiveBlock {
    /// The number of lines that are drawn.
    private var height = 0

    package init() {}

    /// The lines in place of those before, cut to the size of the terminal. `above` is printed
    /// before them, and stays.
    package mutating func text(_ lines: [StyledLine], above: String = "", size: TerminalSize, style: Style) -> String {
        var shown = lines
        if lines.count >= size.rows {
            let count = max(1, size.rows - 2)
            shown = lines.prefix(count) + [StyledLine("… \(lines.count - count) more lines")]
        }
        let rows = shown.map { $0.fitted(to: size.columns - 1).text(style.paint) + "\u{1b}[K\n" }
        let start = "\r" + (height > 0 ? "\u{1b}[\(height)A" : "") + (above.isEmpty ? "" : "\u{1b}[J")
        height = rows.count
        return start + above + rows.joined() + "\u{1b}[J"
    }
}
