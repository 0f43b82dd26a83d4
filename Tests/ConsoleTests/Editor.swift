/// testpmd's line editor as far as people use it, and commands that print (DPDK:
/// lib/cmdline/cmdline_rdline.c, cmdline_vt100.c).
struct Editor {
    static let prompt = Array("testpmd> ".utf8)

    private(set) var left: [UInt8] = []
    private(set) var right: [UInt8] = []
    private var cut: [UInt8] = []
    /// The newest one first.
    private var history: [[UInt8]] = []
    private var place = -1
    /// Of an escape sequence, what has come.
    private var sequence: [UInt8] = []
    private var state = 0
    /// What it has written, a piece for each write.
    var written: [[UInt8]] = []
    /// The commands that were entered, in order.
    private(set) var entered: [String] = []
    /// Words that a tab can complete, and what a command prints.
    private let words = ["show", "start", "stop", "set", "port", "info", "stats", "fwd"]
    private let run: (String) -> String

    init(run: @escaping (String) -> String) {
        self.run = run
        written.append(Self.prompt)
    }

    /// What the row holds behind the prompt.
    var text: String { String(decoding: left + right, as: UTF8.self) }

    mutating func take(_ byte: UInt8) {
        if sequence.count >= 8 { (sequence, state) = ([], 0) }
        sequence.append(byte)
        switch state {
        case 0 where byte == 0x1b: state = 1
        case 0: end()
        case 1 where byte == UInt8(ascii: "["): state = 2
        case 1 where (0x30...0x7f).contains(byte): end()
        case 2 where (0x40...0x7e).contains(byte): end()
        default: break
        }
    }

    private mutating func end() {
        let key = sequence
        (sequence, state) = ([], 0)
        switch key {
        case [0x02], Array("\u{1b}[D".utf8): if let last = left.popLast() { right.insert(last, at: 0); put("\u{1b}[D") }
        case [0x06], Array("\u{1b}[C".utf8): if !right.isEmpty { left.append(right.removeFirst()); put("\u{1b}[C") }
        case [0x01]:
            if !left.isEmpty { put("\u{1b}[\(left.count)D") }
            (left, right) = ([], left + right)
        case [0x05]:
            if !right.isEmpty { put("\u{1b}[\(right.count)C") }
            (left, right) = (left + right, [])
        case [0x08], [0x7f]: if left.popLast() != nil { put("\u{8}"); drawRight() }
        case Array("\u{1b}[3~".utf8): if !right.isEmpty { right.removeFirst(); drawRight() }
        case [0x17]: deleteWord()
        case [0x0b]:
            (cut, right) = (right, [])
            put("\u{1b}[0K")
        case [0x19]:
            left += cut
            putEach(cut)
            if !right.isEmpty { drawRight() }
        case [0x0c]: redraw()
        case [0x03]:
            put("\r\n")
            begin()
        case [0x09], [UInt8(ascii: "?")]: complete()
        case [0x0a], [0x0d]: enter()
        case [0x10], Array("\u{1b}[A".utf8): recall(place + 1)
        case [0x0e], Array("\u{1b}[B".utf8): if place > 0 { recall(place - 1) }
        default:
            guard let byte = key.last, (0x20...0x7e).contains(byte) else { return }
            left.append(byte)
            putEach([byte])
            if !right.isEmpty { drawRight() }
        }
    }

    private mutating func put(_ text: String) { written.append(Array(text.utf8)) }
    private mutating func putEach(_ bytes: [UInt8]) { for byte in bytes { written.append([byte]) } }

    private mutating func drawRight() {
        put("\u{1b}[0K")
        putEach(right)
        if !right.isEmpty { put("\u{1b}[\(right.count)D") }
    }

    private mutating func deleteWord() {
        while left.last == 0x20 { left.removeLast(); put("\u{8}") }
        while let last = left.last, last != 0x20 { left.removeLast(); put("\u{8}") }
        drawRight()
    }

    private mutating func redraw() {
        put("\u{1b}M\u{1b}E")
        putEach(Self.prompt + left)
        drawRight()
    }

    private mutating func begin() {
        (left, right, place) = ([], [], -1)
        putEach(Self.prompt)
    }

    private mutating func complete() {
        let word = String(
            decoding: left.split(separator: 0x20, omittingEmptySubsequences: false).last ?? [], as: UTF8.self)
        let choices = words.filter { $0.hasPrefix(word) }
        guard let first = choices.first else { return }
        if choices.count == 1 {
            let rest = Array(first.dropFirst(word.count).utf8) + [0x20]
            left += rest
            putEach(rest)
            return drawRight()
        }
        put("\r\n")
        for choice in choices { putEach(Array(" \(choice)\r\n".utf8)) }
        redraw()
    }

    private mutating func recall(_ wanted: Int) {
        // The row itself is the newest entry while one goes through the others.
        if place == 0 { history.removeFirst() }
        if place <= 0 { history.insert(left + right, at: 0); place = 0 }
        guard history.indices.contains(wanted < 1 && place <= 0 ? 1 : wanted) else { return }
        place = wanted < 1 && place <= 0 ? 1 : wanted
        (left, right) = (history[place], [])
        redraw()
    }

    private mutating func enter() {
        let line = left + right
        put("\r\n")
        if place != -1 { history.removeFirst() }
        let command = String(decoding: line, as: UTF8.self)
        if command.contains(where: { $0 != " " }) {
            entered.append(command)
            // The C library writes a line at once.
            let pieces = run(command).split(separator: "\n", omittingEmptySubsequences: false)
            for piece in pieces.dropLast() { put(piece + "\r\n") }
            if let last = pieces.last, !last.isEmpty { put(String(last)) }
        }
        if !line.isEmpty, history.first != line { history.insert(line, at: 0) }
        begin()
    }
}

/// What a terminal shows, without a width.
struct Screen {
    private(set) var rows: [[UInt8]] = [[]]
    private(set) var row = 0
    private(set) var column = 0
    private var sequence: [UInt8]?

    var lines: [String] { rows.map { String(decoding: $0, as: UTF8.self) } }

    mutating func show(_ bytes: [UInt8]) { for byte in bytes { show(byte) } }

    private mutating func show(_ byte: UInt8) {
        if let begun = sequence { return end(begun + [byte]) }
        switch byte {
        case 0x1b: sequence = []
        case 0x0a:
            row += 1
            if row == rows.count { rows.append([]) }
        case 0x0d: column = 0
        case 0x08: column = max(0, column - 1)
        case 0x20...0x7e:
            while rows[row].count < column { rows[row].append(0x20) }
            if column < rows[row].count { rows[row][column] = byte } else { rows[row].append(byte) }
            column += 1
        default: break
        }
    }

    private mutating func end(_ key: [UInt8]) {
        let number = Int(String(decoding: key.dropFirst().dropLast(), as: UTF8.self)) ?? 0
        sequence = nil
        switch (key.first, key.last) {
        case (UInt8(ascii: "["), UInt8(ascii: "D")) where key.count > 1: column = max(0, column - max(1, number))
        case (UInt8(ascii: "["), UInt8(ascii: "C")) where key.count > 1: column += max(1, number)
        case (UInt8(ascii: "["), UInt8(ascii: "K")): rows[row] = Array(rows[row].prefix(column))
        case (UInt8(ascii: "M"), _): row = max(0, row - 1)
        case (UInt8(ascii: "E"), _):
            row += 1
            column = 0
            if row == rows.count { rows.append([]) }
        default: sequence = key
        }
    }
}
