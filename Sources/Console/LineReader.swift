/// Turns what a program shows on a terminal into lines: what a row of the terminal holds at the moment when its line feed comes.
/// So a redrawn progress counter is logged once, as it was last, and a command that was typed with corrections as it was in the end.
struct LineReader {
    private enum State {
        case text, escape, sequence, title, titleEscape, skipOne
    }

    private let limit: Int
    private let prompt: [UInt8]
    private var state = State.text
    private var parameter = 0
    private var row: [UInt8] = []
    private var column = 0
    private var savedColumn = 0

    /// Lines longer than `limit` bytes come in pieces; a line that is only `prompt` does not come.
    init(limit: Int, prompt: String) {
        self.limit = limit
        self.prompt = Array(prompt.utf8)
    }

    /// Whether the row begins with the prompt now.
    var isAtPrompt: Bool { row.starts(with: prompt) }

    /// The lines that these bytes complete, without their line feeds; empty lines are left out.
    mutating func read(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            switch state {
            case .text: text(byte, &lines)
            case .escape: escape(byte)
            case .sequence: sequence(byte)
            case .title: state = byte == 0x07 ? .text : byte == 0x1b ? .titleEscape : .title
            case .titleEscape, .skipOne: state = .text
            }
        }
        return lines
    }

    /// The line that has no line feed yet, if there is one.
    mutating func flush() -> [UInt8]? {
        var lines: [[UInt8]] = []
        endRow(&lines)
        return lines.first
    }

    private mutating func text(_ byte: UInt8, _ lines: inout [[UInt8]]) {
        switch byte {
        case 0x0a: endRow(&lines)
        case 0x0d: column = 0
        case 0x08: column = max(0, column - 1)
        case 0x1b: state = .escape
        case 0x09, 0x20...0x7e, 0x80...0xff:
            // A line is not cut within a UTF-8 character, unless somebody sends nothing but continuation bytes.
            if column >= limit && (byte & 0xc0 != 0x80 || column >= limit + 3) { endRow(&lines) }
            if column < row.count { row[column] = byte } else { row.append(byte) }
            column += 1
        default: break
        }
    }

    private mutating func endRow(_ lines: inout [[UInt8]]) {
        while row.last == 0x20 { row.removeLast() }
        if !row.isEmpty && row != prompt { lines.append(row) }
        row.removeAll(keepingCapacity: true)
        column = 0
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
        default: break
        }
    }

    /// What moves or erases within the row is done, the rest (colours, modes) is only left out.
    private mutating func sequence(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            parameter = min(parameter * 10 + Int(byte - UInt8(ascii: "0")), limit)
            return
        case 0x20...0x3f: return
        case UInt8(ascii: "D"): column = max(0, column - max(1, parameter))
        case UInt8(ascii: "C"): column = min(row.count, column + max(1, parameter))
        case UInt8(ascii: "G"): column = min(row.count, max(1, parameter) - 1)
        case UInt8(ascii: "K") where parameter == 0: row.removeSubrange(min(column, row.count)...)
        case UInt8(ascii: "K") where parameter == 2, UInt8(ascii: "J") where parameter == 2:
            row.removeAll(keepingCapacity: true)
            column = 0
        case UInt8(ascii: "P"): row.removeSubrange(column..<min(row.count, column + max(1, parameter)))
        default: break
        }
        state = .text
    }
}
