import Diagnostics
import Linux

/// Colors for one descriptor, or none.
struct Style {
    let isColored: Bool

    /// Colors as systemd's own tools decide about them (`systemd(1)`, `$SYSTEMD_COLORS`): that variable, then `NO_COLOR` (no-color.org), then whether it is a terminal.
    init(_ descriptor: Int32, environment: (String) -> String? = { Environment[$0] }) {
        switch environment("SYSTEMD_COLORS")?.lowercased() {
        case "0", "no", "n", "false", "f", "off": isColored = false
        case "1", "yes", "y", "true", "t", "on", "16", "256", "24bit": isColored = true
        default: isColored = environment("NO_COLOR") == nil && Descriptor.isTerminal(descriptor) && environment("TERM") ?? "dumb" != "dumb"
        }
    }

    /// Standard output's.
    static var output: Style { Style(Descriptor.standardOutput) }
    /// Standard error's.
    static var error: Style { Style(Descriptor.standardError) }

    func bold(_ text: String) -> String { paint(text, "1") }
    func red(_ text: String) -> String { paint(text, "1;31") }
    func yellow(_ text: String) -> String { paint(text, "1;33") }
    func green(_ text: String) -> String { paint(text, "1;32") }
    func gray(_ text: String) -> String { paint(text, "90") }

    /// The problem with its place, its severity and the caret set off.
    func render(_ problem: Problem) -> String {
        problem.rendered { part, text in
            switch part {
            case .place: bold(text)
            case .severity: problem.severity == .error ? red(text) : yellow(text)
            case .caret: green(text)
            }
        }
    }

    /// `console_codes(4)`, ECMA-48 Select Graphic Rendition.
    private func paint(_ text: String, _ code: String) -> String { isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}
