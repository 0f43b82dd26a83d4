/// A unit file that is being written: sections and entries are appended, and nothing gets in that
/// systemd would read as something else.
package struct UnitWriter: Hashable, Sendable {
    /// Why a comment, section or entry cannot be written so that systemd reads it back as it was
    /// given.
    package struct Refusal: Error, Hashable, Sendable {
        /// What is wrong.
        package enum Reason: Hashable, Sendable {
            /// An entry before the first section.
            case noSection
            /// A section name that is empty or has a quote, a backslash or a control character.
            case sectionName
            /// A key that is empty, has `=` or white space around it, or starts like a comment or a
            /// header.
            case key
            /// White space at the start or the end of the value, which systemd drops.
            case outerSpace
            /// A newline or another control character; only a tab inside the value is allowed.
            case controlCharacter
            /// A backslash at the end, which would take the next line into the value.
            case trailingBackslash
            /// A code point that systemd does not accept, such as U+FFFE.
            case encoding
            /// Longer than ``UnitFile/lineLimit``.
            case tooLong
        }

        /// The section's name or the entry's key.
        package var name: String
        /// What is wrong with it.
        package var reason: Reason

        /// What is wrong, in one line.
        package var message: String {
            switch reason {
            case .noSection: "\(name)= is in no section"
            case .sectionName: "\(name.debugDescription) is no section name"
            case .key: "\(name.debugDescription) is no key"
            case .outerSpace: "the value of \(name)= has white space at an end, which systemd drops"
            case .controlCharacter: "the value of \(name)= has a newline or another control character"
            case .trailingBackslash: "the value of \(name)= ends in a backslash, which would join the next line to it"
            case .encoding: "the value of \(name)= has a code point that systemd refuses"
            case .tooLong: "the value of \(name)= is longer than 1 MiB"
            }
        }
    }

    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var isInSection = false

    /// An empty file.
    package init() {}

    /// Reserves space for so many bytes in all.
    package mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    /// Appends comment lines, one `# ` line for each line of the text.
    ///
    /// CR and NUL end a line too, as they do for systemd, so no text can leave the comment.
    package mutating func comment(_ text: String) {
        var text = text
        text.withUTF8 { text in
            var start = 0
            while start <= text.count {
                let end = text[start...].firstIndex(where: Byte.endsComment) ?? text.count
                bytes.append(Byte.hash)
                if end > start { bytes.append(Byte.space) }
                bytes.append(contentsOf: text[start..<end])
                bytes.append(Byte.lineFeed)
                start = end + 1
            }
        }
    }

    /// Appends a section header, after an empty line if anything is before it.
    package mutating func section(_ name: String) throws(Refusal) {
        let start = bytes.count
        if start > 0 { bytes.append(Byte.lineFeed) }
        bytes.append(Byte.openBracket)
        let middle = bytes.count
        append(name)
        let isName =
            Byte.isWord(bytes[middle...])
            || Byte.isSectionName(bytes[middle...]) && Byte.firstInvalid(in: bytes[middle...]) == nil
        guard isName, bytes.count - middle <= UnitFile.lineLimit - 2 else {
            bytes.removeLast(bytes.count - start)
            throw Refusal(name: name, reason: isName ? .tooLong : .sectionName)
        }
        bytes.append(Byte.closeBracket)
        bytes.append(Byte.lineFeed)
        isInSection = true
    }

    /// Appends `key=value` to the last section.
    ///
    /// The value is written as it is: escape specifiers, quotes and controls first where the
    /// setting wants it. A value that systemd would not read exactly is refused; so a newline never
    /// gets into a file, not even as a continuation, for systemd reads that as a space.
    package mutating func set(_ key: String, _ value: String) throws(Refusal) {
        let entry = try start(key)
        append(value)
        try end(entry)
    }

    /// The same for a value of several words, with a blank between each two.
    package mutating func set(_ key: String, words: [String]) throws(Refusal) {
        let entry = try start(key)
        for (index, word) in words.enumerated() {
            if index > 0 { bytes.append(Byte.space) }
            append(word)
        }
        try end(entry)
    }

    /// An entry whose value is being written.
    private struct Started {
        var key: String
        /// Where the entry is, and its value.
        var start: Int
        var value: Int
    }

    private mutating func start(_ key: String) throws(Refusal) -> Started {
        guard isInSection else { throw Refusal(name: key, reason: .noSection) }
        let start = bytes.count
        append(key)
        bytes.append(Byte.equals)
        return Started(key: key, start: start, value: bytes.count)
    }

    /// Ends the entry, or takes it back when it cannot be written.
    private mutating func end(_ entry: Started) throws(Refusal) {
        if let refusal = refusal(of: entry) {
            bytes.removeLast(bytes.count - entry.start)
            throw Refusal(name: entry.key, reason: refusal)
        }
        bytes.append(Byte.lineFeed)
    }

    private func refusal(of entry: Started) -> Refusal.Reason? {
        let key = bytes[entry.start..<(entry.value - 1)]
        let value = bytes[entry.value...]
        let isTooLong = bytes.count - entry.start > UnitFile.lineLimit
        if Byte.isWord(key), Byte.isPlain(value), !isTooLong { return nil }
        return Self.refusal(key: key) ?? Self.refusal(value: value) ?? (isTooLong ? .tooLong : nil)
    }

    /// Appends `StandardInputText=` entries from which systemd composes exactly the text, as
    /// ``StandardInput/text(_:)`` says.
    package mutating func setStandardInput(_ text: [UInt8]) throws {
        if isInSection, text.withUnsafeBufferPointer({ appendPlainInput($0) }) { return }
        for value in try StandardInput.text(String(decoding: text, as: UTF8.self)) {
            try set("StandardInputText", value)
        }
    }

    /// The same for a text in which only a blank at the start of a line needs an escape: a domain's
    /// XML has a hundred lines, and there may be a thousand domains. False when it is not such a
    /// text, and nothing is appended.
    private mutating func appendPlainInput(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.last == Byte.lineFeed, text.count < UnitFile.lineLimit / 2, StandardInput.isPlain(text) else {
            return false
        }
        let key: StaticString = "StandardInputText=\\s"
        // A line is a byte and its end at least.
        let capacity = text.count + (text.count / 2 + 1) * key.utf8CodeUnitCount
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { entries in
            guard let source = text.baseAddress, let target = entries.baseAddress else { return false }
            var count = 0
            var line = 0
            while let end = Byte.lineEnd(in: text, from: line) {
                guard end > line, text[end - 1] != Byte.space else { return false }
                (target + count).update(from: key.utf8Start, count: key.utf8CodeUnitCount)
                count += key.utf8CodeUnitCount
                // The escape stands for the blank; without one the line is in its place.
                if text[line] == Byte.space { line += 1 } else { count -= 2 }
                (target + count).update(from: source + line, count: end + 1 - line)
                count += end + 1 - line
                line = end + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: entries[..<count]))
            return true
        }
    }

    /// A string whose bytes lie in one piece, as nearly all do, is copied in one go.
    private mutating func append(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil { bytes += text.utf8 }
    }

    private static func refusal(key: ArraySlice<UInt8>) -> Refusal.Reason? {
        guard let first = key.first, let last = key.last, !Byte.isSpace(first), !Byte.isSpace(last) else {
            return .key
        }
        guard first != Byte.hash, first != Byte.semicolon, first != Byte.openBracket, Byte.firstInvalid(in: key) == nil
        else {
            return .key
        }
        return key.contains { $0 == Byte.equals || Byte.isControl($0) } ? .key : nil
    }

    private static func refusal(value: ArraySlice<UInt8>) -> Refusal.Reason? {
        guard let first = value.first, let last = value.last else {
            return nil
        }
        if value.contains(where: { Byte.isControl($0) && $0 != Byte.tab }) {
            return .controlCharacter
        }
        if Byte.isSpace(first) || Byte.isSpace(last) {
            return .outerSpace
        }
        if Byte.endsInBackslash(value) {
            return .trailingBackslash
        }
        return Byte.firstInvalid(in: value) == nil ? nil : .encoding
    }
}
