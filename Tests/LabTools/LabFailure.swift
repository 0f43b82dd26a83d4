/// An unexpected event in the lab, in words for the reader of the test's output.
package struct LabFailure: Error, CustomStringConvertible {
    /// What was expected, what was found, and the end of the log.
    package let description: String

    /// A failure; `log` is cut to its last lines.
    package init(_ message: String, log: String = "") {
        description = log.isEmpty ? message : "\(message)\n\(Self.tail(log))"
    }

    /// The last 25 lines of a text, indented.
    static func tail(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).suffix(25).map { "    \($0)" }.joined(separator: "\n")
    }
}
