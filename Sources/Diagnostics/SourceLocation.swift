/// A place in a text file, for messages that point at it.
public struct SourceLocation: Hashable, Sendable {
    /// The file's path as the user knows it.
    public var file: String
    /// Line number, from 1.
    public var line: Int
    /// Column number in bytes, from 1.
    public var column: Int
    /// The line itself, shown above the caret; empty when it is not at hand.
    public var text: String

    /// Makes a location.
    public init(file: String, line: Int, column: Int, text: String = "") {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }
}
