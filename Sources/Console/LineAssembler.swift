/// Turns what a program shows on a terminal into lines: what a row of the terminal holds at the
/// moment when its line feed comes. So a redrawn progress counter is a line once, as it was last,
/// and a command that was typed with corrections as it was in the end.
struct LineAssembler {
    /// What was found, and where in the bytes that were read it ends.
    struct Token: Hashable {
        enum Kind: Hashable {
            /// A row, without its line feed.
            case line([UInt8])
            /// The prompt stands at the end of the row, behind what the row held before. A fresh
            /// one awaits a new command and begins a row of its own; others come from redrawing the
            /// line that is being edited.
            case prompt(after: [UInt8], isFresh: Bool)
            /// So many characters from the cursor on were erased, this is left of the row.
            case erased(Int, left: [UInt8])
        }

        var kind: Kind
        var end: Int
    }

    private enum State {
        case text, escape, sequence, title, titleEscape, skipOne
    }

    private let limit: Int
    private let prompt: [UInt8]
    private var state = State.text
    private var parameter = 0
    private(set) var row: [UInt8] = []
    private var column = 0
    private var savedColumn = 0
    /// Whether the row was begun again by moving the cursor instead of by a line feed, as line
    /// editors do to redraw it.
    private var isRedrawn = false

    /// Lines longer than `limit` bytes come in pieces. Without a prompt there are only lines.
    init(limit: Int, prompt: String?) {
        self.limit = limit
        self.prompt = Array((prompt ?? "").utf8)
    }

    /// What these bytes complete, in order.
    mutating func read(_ bytes: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let byte = bytes[position]
                if state == .text, Self.isPrintable(byte), column == row.count, column < limit {
                    // Nearly all there is: a run of characters at the end of the row.
                    var end = position + 1
                    let last = min(bytes.count, position + limit - column)
                    while end < last, Self.isPrintable(bytes[end]) { end += 1 }
                    append(UnsafeBufferPointer(rebasing: bytes[position..<end]), at: position, &tokens)
                    position = end
                } else {
                    position += 1
                    take(byte, at: position, &tokens)
                }
            }
        }
        return tokens
    }

    /// The line that has no line feed yet, if there is one.
    mutating func flush() -> [UInt8]? {
        defer { startRow() }
        return row.isEmpty ? nil : row
    }

    /// This belongs before what is on the row.
    mutating func adopt(_ missing: [UInt8]) {
        row = missing + row
        column += missing.count
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7f }

    /// The prompt ends with a space, so it can only be complete behind one.
    private mutating func append(_ run: UnsafeBufferPointer<UInt8>, at position: Int, _ tokens: inout [Token]) {
        guard let last = prompt.last else {
            row.append(contentsOf: run)
            column = row.count
            return
        }
        var start = 0
        while start < run.count {
            var end = start
            while end < run.count, run[end] != last { end += 1 }
            end = min(end + 1, run.count)
            row.append(contentsOf: UnsafeBufferPointer(rebasing: run[start..<end]))
            column = row.count
            findPrompt(end: position + end, &tokens)
            start = end
        }
    }

    private func endsWithPrompt() -> Bool {
        row.count >= prompt.count && row[(row.count - prompt.count)...].elementsEqual(prompt)
    }

    private mutating func findPrompt(end: Int, _ tokens: inout [Token]) {
        guard row.last == prompt.last, endsWithPrompt() else { return }
        let rest = Array(row.dropLast(prompt.count))
        // Behind a prompt it is only a client that types the same.
        let isFresh = !isRedrawn && !rest.starts(with: prompt)
        tokens.append(Token(kind: .prompt(after: rest, isFresh: isFresh), end: end))
        guard isFresh else { return }
        row = prompt
        column = row.count
    }

    private mutating func take(_ byte: UInt8, at end: Int, _ tokens: inout [Token]) {
        // No sequence goes over a line feed, so what begins one by accident costs no more than its
        // line.
        if byte == 0x0a { state = .text }
        switch state {
        case .text: text(byte, at: end, &tokens)
        case .escape: escape(byte)
        case .sequence: sequence(byte, at: end, &tokens)
        case .title where byte == 0x07: state = .text
        case .title: state = byte == 0x1b ? .titleEscape : .title
        case .titleEscape, .skipOne: state = .text
        }
    }

    private mutating func text(_ byte: UInt8, at end: Int, _ tokens: inout [Token]) {
        switch byte {
        case 0x0a: endRow(at: end, &tokens)
        case 0x0d: column = 0
        case 0x08: column = max(0, column - 1)
        case 0x1b: state = .escape
        case 0x09, 0x20...0x7e, 0x80...0xff:
            // A line is not cut within a UTF-8 character, unless the input is nothing but
            // continuation bytes.
            if column >= limit && (byte & 0xc0 != 0x80 || column >= limit + 3) { endRow(at: end, &tokens) }
            if column < row.count { row[column] = byte } else { row.append(byte) }
            column += 1
        default: break
        }
    }

    private mutating func endRow(at end: Int, _ tokens: inout [Token]) {
        tokens.append(Token(kind: .line(row), end: end))
        startRow()
    }

    private mutating func startRow() {
        row.removeAll(keepingCapacity: true)
        column = 0
        isRedrawn = false
    }

    private mutating func escape(_ byte: UInt8) {
        state = .text
        switch byte {
        case UInt8(ascii: "["):
            state = .sequence
            parameter = 0
        case UInt8(ascii: "]"): state = .title
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"): state = .skipOne
        case UInt8(ascii: "7"): savedColumn = column
        case UInt8(ascii: "8"): column = min(savedColumn, row.count)
        case UInt8(ascii: "M"), UInt8(ascii: "E"): redraw()
        default: break
        }
    }

    /// What moves or erases within the row is done, the rest (colours, modes) is only left out.
    private mutating func sequence(_ byte: UInt8, at end: Int, _ tokens: inout [Token]) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            parameter = min(parameter * 10 + Int(byte - UInt8(ascii: "0")), limit)
            return
        case 0x20...0x3f: return
        case UInt8(ascii: "D"): column = max(0, column - max(1, parameter))
        case UInt8(ascii: "C"): column = min(row.count, column + max(1, parameter))
        case UInt8(ascii: "G"): column = min(row.count, max(1, parameter) - 1)
        case UInt8(ascii: "K") where parameter == 0: eraseToEnd(at: end, &tokens)
        case UInt8(ascii: "K") where parameter == 2: erase()
        case UInt8(ascii: "E"), UInt8(ascii: "H"): redraw()
        case UInt8(ascii: "J") where parameter == 2: redraw()
        case UInt8(ascii: "P"): row.removeSubrange(column..<min(row.count, column + max(1, parameter)))
        default: break
        }
        state = .text
    }

    private mutating func eraseToEnd(at end: Int, _ tokens: inout [Token]) {
        let count = row.count - column
        row.removeLast(count)
        if !prompt.isEmpty { tokens.append(Token(kind: .erased(count, left: row), end: end)) }
    }

    private mutating func erase() {
        row.removeAll(keepingCapacity: true)
        column = 0
    }

    /// A row that is redrawn at another position: what stood in it before is no line of its own.
    private mutating func redraw() {
        erase()
        isRedrawn = true
    }
}
