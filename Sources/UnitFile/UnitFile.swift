/// A systemd unit file, or any file of that syntax: sections of `Key=Value` entries, every byte
/// kept (systemd.syntax(7)).
///
/// Reading never fails: what systemd would refuse becomes a value in ``errors`` and a line of kind
/// ``Line/Kind/invalid``, and the rest is read. The ranges of ``lines`` follow each other without a
/// gap from the first byte to the last, so ``bytes`` is always what was read.
package struct UnitFile: Hashable, Sendable {
    /// The file's name as the user knows it, for messages.
    package let name: String
    /// The whole file, byte for byte.
    package let bytes: [UInt8]
    /// The file's lines in order; an entry that continues over several lines is one of them, with
    /// the comments that are inside it.
    package let lines: [Line]
    /// The sections in the order of their headers. A name may come more than once, and each keeps
    /// its own entries.
    package let sections: [Section]
    /// What is wrong with the file, in the order of its lines.
    package let errors: [SyntaxError]

    /// Reads a file. Total: any bytes will do; see ``errors``.
    package init(name: String, bytes: [UInt8]) {
        var parser = Parser(bytes: bytes)
        parser.run()
        self.name = name
        self.bytes = bytes
        lines = parser.lines
        sections = parser.sections
        errors = parser.errors
    }

    /// The entries of that key in all sections of that name, in order.
    package func entries(section: String, key: String) -> [Entry] {
        sections.flatMap { $0.name == section ? $0.entries(key) : [] }
    }

    /// The last value given to the key in any section of that name: what counts for a setting that
    /// holds one value.
    package func value(section: String, key: String) -> String? {
        sections.last { $0.name == section && $0.entry(key) != nil }?.value(key)
    }

    /// The bytes as text; what is not UTF-8 is shown as U+FFFD.
    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension UnitFile {
    /// A position in the file.
    package struct Position: Hashable, Sendable {
        /// Line number, from 1.
        package var line: Int
        /// Column number in bytes, from 1; a byte order mark does not count.
        package var column: Int
        /// The line itself, without its end.
        package var text: String
    }

    /// One line of the file, or several that continue each other.
    package struct Line: Hashable, Sendable {
        /// What a line is.
        package enum Kind: String, Sendable {
            /// The UTF-8 byte order mark at the start of the file.
            case byteOrderMark
            /// Nothing but white space.
            case blank
            /// `#` or `;` and anything after it.
            case comment
            /// `[Name]`.
            case section
            /// `Key=Value`.
            case entry
            /// What belongs to no section or is none of the above.
            case invalid
        }

        /// What the line is.
        package var kind: Kind
        /// Where in the file's bytes it is, its line end included.
        package var range: Range<Int>
    }

    /// A section: its header and the entries up to the next header.
    package struct Section: Hashable, Sendable {
        /// The name between the brackets.
        package var name: String
        /// Where the opening bracket is.
        package var position: Position
        /// The header line in the file's bytes.
        package var range: Range<Int>
        /// The entries in order.
        package internal(set) var entries: [Entry] = []

        /// The entries of that key, in order.
        package func entries(_ key: String) -> [Entry] {
            entries.filter { $0.key == key }
        }

        /// The last entry of that key.
        package func entry(_ key: String) -> Entry? {
            entries.last { $0.key == key }
        }

        /// The last value of that key.
        package func value(_ key: String) -> String? {
            entries.lastIndex { $0.key == key }.map { entries[$0].value }
        }
    }

    /// A `Key=Value` entry.
    package struct Entry: Hashable, Sendable {
        /// The key, without white space around it.
        package var key: String
        /// The value, without white space around it; where it continues on a next line there is one
        /// space for the backslash.
        package var value: String
        /// The entry's lines in the file's bytes.
        package var range: Range<Int>
        /// Where the bytes of the joined line come from.
        let source: Source
        /// Where key and value start in the joined line.
        let keyOffset: Int
        let valueOffset: Int

        /// Where the key starts.
        package var position: Position { source.position(keyOffset) }
        /// Where the value starts, or would if it is empty.
        package var valuePosition: Position { source.position(valueOffset) }
        /// The line number of the key, from 1.
        package var line: Int { position.line }

        /// Where a byte of the value is, for a message about one word of a list.
        package func position(ofValueByte offset: Int) -> Position {
            source.position(valueOffset + offset)
        }
    }
}

/// Where the bytes of a joined line come from: its lines of text in the file, and at which byte of
/// the whole each of them starts.
struct Source: Hashable, Sendable {
    struct Piece: Hashable, Sendable {
        var offset: Int
        var line: Int
        var range: Range<Int>
    }

    /// The file.
    var bytes: [UInt8]
    var first: Piece
    /// The lines that continue the first.
    var rest: [Piece]

    func position(_ offset: Int) -> UnitFile.Position {
        let piece = rest.last { $0.offset <= offset } ?? first
        let text = String(decoding: bytes[piece.range], as: UTF8.self)
        return UnitFile.Position(line: piece.line, column: offset - piece.offset + 1, text: text)
    }
}
