package import Diagnostics
import Linux

/// Colors for one descriptor, or none.
package struct Style: Sendable {
    let isColored: Bool

    /// Colors as systemd's own tools decide about them (`systemd(1)`, `$SYSTEMD_COLORS`): that
    /// variable, then `NO_COLOR` (no-color.org), then whether it is a terminal.
    package init(_ descriptor: Int32, environment: (String) -> String? = { Environment[$0] }) {
        switch environment("SYSTEMD_COLORS")?.lowercased() {
        case "0", "no", "n", "false", "f", "off": isColored = false
        case "1", "yes", "y", "true", "t", "on", "16", "256", "24bit": isColored = true
        default:
            isColored =
                environment("NO_COLOR") == nil && Descriptor.isTerminal(descriptor)
                && environment("TERM") ?? "dumb" != "dumb"
        }
    }

    /// Standard output's.
    package static var output: Style { Style(Descriptor.standardOutput) }
    /// Standard error's.
    package static var error: Style { Style(Descriptor.standardError) }

    package func bold(_ text: String) -> String { paint(text, "1") }
    package func red(_ text: String) -> String { paint(text, "1;31") }
    package func yellow(_ text: String) -> String { paint(text, "1;33") }
    package func green(_ text: String) -> String { paint(text, "1;32") }
    package func gray(_ text: String) -> String { paint(text, "90") }

    /// Text as its emphasis wants it.
    package func paint(_ emphasis: Emphasis, _ text: String) -> String {
        switch emphasis {
        case .heading: bold(text)
        case .plain: text
        case .good: green(text)
        case .waiting: yellow(text)
        case .bad: red(text)
        }
    }

    /// The problem with its location, its severity and the caret set off.
    package func render(_ problem: Problem) -> String {
        problem.rendered { part, text in
            switch part {
            case .location: bold(text)
            case .severity: problem.severity == .error ? red(text) : yellow(text)
            case .caret: green(text)
            }
        }
    }

    /// `console_codes(4)`, ECMA-48 Select Graphic Rendition.
    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
