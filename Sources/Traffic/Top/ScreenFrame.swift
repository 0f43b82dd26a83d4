import Linux
import Presentation

/// What `pvpgen top` draws: lines, cut to the size of a terminal (`console_codes(4)`).
enum ScreenFrame {
    /// The alternate screen of the terminal, without a cursor; the end restores the earlier
    /// content.
    static let enter = "\u{1b}[?1049h\u{1b}[?25l"
    /// The terminal as it was.
    static let leave = "\u{1b}[?25h\u{1b}[?1049l"
    /// For a terminal that has another size now: clears the earlier frame.
    static let clear = "\u{1b}[2J"

    /// A frame over the one before.
    static func text(_ lines: [Traffic.Line], size: TerminalSize, style: Style) -> String {
        var shown = lines
        if lines.count > size.rows {
            shown = lines.prefix(max(0, size.rows - 1)) + [Traffic.Line("… \(lines.count - size.rows + 1) more lines")]
        }
        let rows = shown.map { line in
            let text = String(String.UnicodeScalarView(line.text.unicodeScalars.prefix(size.columns)))
            return style.paint(line.emphasis, text) + "\u{1b}[K"
        }
        return "\u{1b}[H" + rows.joined(separator: "\r\n") + "\u{1b}[J"
    }
}
