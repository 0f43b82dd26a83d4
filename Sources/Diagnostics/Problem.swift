/// An error or a warning with a remedy. The one error type that users see.
package struct Problem: Error, Hashable, Sendable {
    /// How bad it is: an error stops the thing that it names, a warning does not.
    package enum Severity: String, Sendable {
        case warning
        case error
    }

    /// The kind of problem: scripts and tests look at this, people at the text.
    package var code: Code
    /// How bad it is.
    package var severity: Severity
    /// One line that names the thing, what was expected and what was found.
    package var message: String
    /// One line that says what to do.
    package var remedy: String
    /// Where in a file it was found, if it was in one.
    package var location: SourceLocation?

    /// Creates a problem; `message` and `remedy` are one line each, without a full stop.
    package init(
        _ code: Code, _ message: String, remedy: String, severity: Severity = .error, at location: SourceLocation? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.remedy = remedy
        self.location = location
    }

    /// All of it in one line, for a journal: `pvp.conf:12:1: message; remedy`.
    package var line: String {
        let place = location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        return place + message + (remedy.isEmpty ? "" : "; " + remedy)
    }

    /// A part of the text that can be set off from the rest.
    package enum Part: Sendable {
        /// The place, `pvp.conf:12:1:`.
        case place
        /// The word that says how bad it is.
        case severity
        /// The mark below the spot.
        case caret
    }

    /// The problem as a compiler would show it: place, severity and message, then the source line,
    /// a caret under the spot, and the remedy.
    package var rendered: String { rendered { _, text in text } }

    /// The same, with each part as `mark` returns it.
    package func rendered(marking mark: (Part, String) -> String) -> String {
        var text = ""
        if let location {
            text += mark(.place, "\(location.file):\(location.line):\(location.column):") + " "
        }
        text += mark(.severity, severity.rawValue + ":") + " \(message)\n"
        if let location, !location.text.isEmpty {
            // Tabs stay tabs, so that the caret is below its spot whatever their width; a character
            // of several bytes is one wide.
            let before = location.text.utf8.prefix(location.column - 1).filter { $0 & 0xc0 != 0x80 }
            let pad = String(before.map { $0 == 9 ? "\t" : " " })
            text += "  \(location.text)\n  \(pad)\(mark(.caret, "^"))\n"
        }
        if !remedy.isEmpty {
            text += "  \(remedy)\n"
        }
        return text
    }
}

extension [Problem] {
    /// Whether one of them is more than a warning.
    package var hasError: Bool { contains { $0.severity == .error } }

    /// Further problems are counted and not printed: no user reads them, and a boot waits for the
    /// generator.
    package static let limit = 500

    /// The first of them, and how many more there are.
    package var limited: [Problem] {
        guard count > Self.limit else { return self }
        let rest = self[Self.limit...]
        return Array(prefix(Self.limit)) + [.truncated(rest.count, at: rest.first?.location)]
    }
}

extension Problem {
    /// That there are `count` more, the first of them at a place.
    package static func truncated(_ count: Int, at location: SourceLocation?) -> Problem {
        Problem(
            .tooMany, "\(count) more errors from here on are not shown", remedy: "correct the errors above first",
            at: location)
    }
}
