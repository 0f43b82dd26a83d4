/// Something that is wrong, told so that the reader can act on it. The one error type that people see.
public struct Problem: Error, Hashable, Sendable {
    /// How bad it is: an error stops the thing that it names, a warning does not.
    public enum Severity: String, Sendable {
        case warning
        case error
    }

    /// A stable word for the kind of problem, such as `nic-missing`: scripts and tests look at this, people at the text.
    public var code: String
    /// How bad it is.
    public var severity: Severity
    /// One line that names the thing, what was expected and what was found.
    public var message: String
    /// One line that says what to do.
    public var remedy: String
    /// Where in a file it was found, if it was in one.
    public var location: SourceLocation?

    /// Makes a problem; `message` and `remedy` are one line each, without a full stop.
    public init(_ code: String, _ message: String, remedy: String, severity: Severity = .error, at location: SourceLocation? = nil) {
        self.code = code
        self.severity = severity
        self.message = message
        self.remedy = remedy
        self.location = location
    }

    /// All of it in one line, for a journal: `pvp.conf:12:1: message; remedy`.
    public var line: String {
        let place = location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        return place + message + (remedy.isEmpty ? "" : "; " + remedy)
    }

    /// The problem as a compiler would show it: place, severity and message, then the source line, a caret under the spot, and the remedy.
    public var rendered: String {
        var text = ""
        if let location {
            text += "\(location.file):\(location.line):\(location.column): "
        }
        text += "\(severity.rawValue): \(message)\n"
        if let location, !location.text.isEmpty {
            // Tabs stay tabs, so that the caret is below its spot whatever their width.
            let pad = String(location.text.utf8.prefix(location.column - 1).map { $0 == 9 ? "\t" : " " })
            text += "  \(location.text)\n  \(pad)^\n"
        }
        if !remedy.isEmpty {
            text += "  \(remedy)\n"
        }
        return text
    }
}
