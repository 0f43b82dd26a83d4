extension UnitFile {
    /// Something in a file that systemd would not read (systemd.syntax(7)).
    package struct SyntaxError: Error, Hashable, Sendable {
        /// What is wrong.
        package enum Kind: Hashable, Sendable {
            /// Text before the first `[Section]`; reported once, for the first such line.
            case outsideSection
            /// A `[` whose line does not end in `]`.
            case unclosedSection
            /// A section name that is empty or has a character that systemd refuses.
            case sectionName
            /// A line that is neither a comment nor a header and has no `=`.
            case missingEquals
            /// A line that starts with `=`.
            case missingKey
            /// A NUL byte.
            case nul
            /// Bytes that are not UTF-8, or a code point that Unicode sets aside as not a
            /// character.
            case encoding
            /// A line, or a line with what continues it, that is longer than
            /// ``UnitFile/lineLimit``.
            case lineTooLong
        }

        /// What is wrong.
        package var kind: Kind
        /// Where; `text` is empty for a line that is too long.
        package var position: Position

        /// Line number, from 1.
        package var line: Int { position.line }
        /// Column number in bytes, from 1.
        package var column: Int { position.column }
        /// The source line.
        package var text: String { position.text }

        /// What was expected and what was found, in one line.
        package var message: String {
            switch kind {
            case .outsideSection: "the line is in no section"
            case .unclosedSection: "the section header does not end in ']'"
            case .sectionName: "the section name is empty or has a quote, a backslash or a control character"
            case .missingEquals: "expected 'Key=Value', found no '='"
            case .missingKey: "expected 'Key=Value', found no key before '='"
            case .nul: "the line has a NUL byte"
            case .encoding: "the line is not valid UTF-8"
            case .lineTooLong: "the line is longer than 1 MiB"
            }
        }

        /// What to do, in one line.
        package var remedy: String {
            switch kind {
            case .outsideSection: "put a '[Section]' line above it"
            case .unclosedSection: "end the line with ']' and put comments on lines of their own"
            case .sectionName: "name the section with letters and digits"
            case .missingEquals: "write 'Key=Value', or '#' at the start to make it a comment"
            case .missingKey: "write the key before '='"
            case .nul: "remove the byte; the file must be text"
            case .encoding: "save the file as UTF-8"
            case .lineTooLong: "split the value over several entries"
            }
        }
    }

    /// The longest line that systemd reads, in bytes, with all that continues it: 1 MiB
    /// (systemd.syntax(7)).
    package static let lineLimit = 1 << 20
}
