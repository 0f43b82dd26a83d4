/// Reads a file as systemd does (systemd.syntax(7)): one pass over the bytes, errors collected.
struct Parser {
    /// Where entries go.
    private enum Scope {
        /// Before the first header, nothing wrong yet.
        case start
        /// No section: an error in this part of the file has been reported.
        case nowhere
        /// Into the last section.
        case section
    }

    let bytes: [UInt8]
    private(set) var lines: [UnitFile.Line] = []
    private(set) var sections: [UnitFile.Section] = []
    private(set) var errors: [UnitFile.SyntaxError] = []
    private(set) var lineCount = 0
    private(set) var endsInContinuation = false
    private var cursor = 0
    private var scope = Scope.start
    /// Whether a line of text in what is being read had an error of its own.
    private var isRefused = false

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func run() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            cursor = 3
            lines.append(UnitFile.Line(kind: .byteOrderMark, range: 0..<3))
        }
        while cursor < bytes.count {
            let start = cursor
            let kind = readLine()
            lines.append(UnitFile.Line(kind: kind, range: start..<cursor))
        }
    }

    /// Reads one line with all that continues it.
    private mutating func readLine() -> UnitFile.Line.Kind {
        isRefused = false
        let start = cursor
        let first = readText()
        if isComment(first) {
            return isRefused ? .invalid : .comment
        }
        guard Byte.endsInBackslash(bytes[first]) else {
            let number = lineCount
            return take(bytes[first], from: start) { [bytes] in
                Source(bytes: bytes, first: Source.Piece(offset: 0, line: number, range: first), rest: [])
            }
        }
        var joined = [UInt8](bytes[first.dropLast()]) + [Byte.space]
        let head = Source.Piece(offset: 0, line: lineCount, range: first)
        var rest: [Source.Piece] = []
        endsInContinuation = true
        while endsInContinuation, cursor < bytes.count {
            let next = readText()
            if isComment(next) {
                continue
            }
            rest.append(Source.Piece(offset: joined.count, line: lineCount, range: next))
            joined += bytes[next]
            if Byte.endsInBackslash(bytes[next]) {
                joined[joined.count - 1] = Byte.space
            } else {
                endsInContinuation = false
            }
        }
        return take(joined[...], from: start) { [bytes, rest] in Source(bytes: bytes, first: head, rest: rest) }
    }

    /// Reads one line of text. As for systemd, LF, CR or one of each end it.
    private mutating func readText() -> Range<Int> {
        let start = cursor
        var end = start
        var nul: Int?
        bytes.withUnsafeBufferPointer { bytes in
            while end < bytes.count {
                let byte = bytes[end]
                // Nearly all are above, and one comparison is enough.
                if byte <= Byte.carriageReturn {
                    if byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
                    if byte == 0, nul == nil { nul = end }
                }
                end += 1
            }
        }
        cursor = end
        if end < bytes.count {
            cursor += 1
            if cursor < bytes.count, bytes[cursor] != bytes[end],
                bytes[cursor] == Byte.lineFeed || bytes[cursor] == Byte.carriageReturn
            {
                cursor += 1
            }
        }
        lineCount += 1
        if end - start > UnitFile.lineLimit {
            refuse(.lineTooLong, UnitFile.Position(line: lineCount, column: 1, text: ""))
        } else if let nul {
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            refuse(.nul, UnitFile.Position(line: lineCount, column: nul - start + 1, text: text))
        }
        return start..<end
    }

    private func isComment(_ range: Range<Int>) -> Bool {
        let first = bytes[range].first { !Byte.isSpace($0) }
        return first == Byte.hash || first == Byte.semicolon
    }

    private mutating func refuse(_ kind: UnitFile.SyntaxError.Kind, _ position: UnitFile.Position) {
        isRefused = true
        errors.append(UnitFile.SyntaxError(kind: kind, position: position))
    }

    /// Creates a section or an entry from a joined line, or reports why not. `source` is called
    /// only when its text is needed.
    private mutating func take(_ line: ArraySlice<UInt8>, from start: Int, source: () -> Source) -> UnitFile.Line.Kind {
        let text = Byte.stripped(line)
        guard let first = text.first else {
            return isRefused ? .invalid : .blank
        }
        if isRefused {
            scope = first == Byte.openBracket ? .nowhere : scope
            return .invalid
        }
        if first == Byte.hash || first == Byte.semicolon {
            return .comment
        }
        if line.count > UnitFile.lineLimit {
            var position = source().position(0)
            position.text = ""
            refuse(.lineTooLong, position)
            return .invalid
        }
        if let bad = Byte.firstInvalid(in: line) {
            refuse(.encoding, source().position(bad - line.startIndex))
            scope = first == Byte.openBracket ? .nowhere : scope
            return .invalid
        }
        let offset = text.startIndex - line.startIndex
        return first == Byte.openBracket
            ? takeHeader(text, at: offset, start..<cursor, source())
            : takeEntry(text, at: offset, start..<cursor, source)
    }

    private mutating func takeHeader(_ text: ArraySlice<UInt8>, at offset: Int, _ range: Range<Int>, _ source: Source)
        -> UnitFile.Line.Kind
    {
        let name = text.dropFirst().dropLast()
        guard text.count > 1, text.last == Byte.closeBracket else {
            refuse(.unclosedSection, source.position(offset))
            scope = .nowhere
            return .invalid
        }
        guard Byte.isSectionName(name) else {
            refuse(.sectionName, source.position(offset))
            scope = .nowhere
            return .invalid
        }
        sections.append(
            UnitFile.Section(
                name: String(decoding: name, as: UTF8.self), position: source.position(offset), range: range))
        scope = .section
        return .section
    }

    private mutating func takeEntry(
        _ text: ArraySlice<UInt8>, at offset: Int, _ range: Range<Int>, _ source: () -> Source
    )
        -> UnitFile.Line.Kind
    {
        if scope == .start {
            refuse(.outsideSection, source().position(offset))
            scope = .nowhere
            return .invalid
        }
        guard let equals = text.firstIndex(of: Byte.equals) else {
            refuse(.missingEquals, source().position(offset))
            return .invalid
        }
        guard equals > text.startIndex else {
            refuse(.missingKey, source().position(offset))
            return .invalid
        }
        guard scope == .section else {
            return .invalid
        }
        let key = Byte.stripped(text[..<equals])
        let value = Byte.stripped(text[(equals + 1)...])
        let entry = UnitFile.Entry(
            key: String(decoding: key, as: UTF8.self), value: String(decoding: value, as: UTF8.self), range: range,
            source: source(),
            keyOffset: offset, valueOffset: offset + value.startIndex - text.startIndex)
        let last = sections.count - 1
        // As many as most have.
        if sections[last].entries.isEmpty { sections[last].entries.reserveCapacity(8) }
        sections[last].entries.append(entry)
        return .entry
    }
}
