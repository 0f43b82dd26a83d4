/// A position in a text file, for messages that point at it.
package struct SourceLocation: Hashable, Sendable {
    /// The file's path as the user knows it.
    package var file: String
    /// Line number, from 1.
    package var line: Int
    /// Column number in bytes, from 1.
    package var column: Int
    /// The line itself, shown above the caret; empty when it is not at hand.
    package var text: String

    /// Creates a location.
    package init(file: String, line: Int, column: Int, text: String = "") {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }
}
