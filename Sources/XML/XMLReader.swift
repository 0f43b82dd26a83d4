/// A check that a text is whole XML elements (XML 1.0): each tag closed, each attribute once and
/// quoted, none but XML's own entities. What could mean more than it shows, such as a DOCTYPE, a
/// CDATA section or a processing instruction, is refused.
package struct XMLReader {
    /// What is wrong, and at which byte.
    package struct Mistake: Error {
        package var message: String
        /// `nil` where the tag is that was read last.
        package var offset: Int?

        package init(_ message: String, at offset: Int?) {
            self.message = message
            self.offset = offset
        }
    }

    /// An element that is in no other.
    package struct Element {
        package var name: String
        package var hasAttributes: Bool
        /// With its tags.
        package var whole: Range<Int>
        /// Between its tags.
        package var inner: Range<Int>
    }

    /// The elements that are in no other, in order.
    package private(set) var topmost: [Element] = []
    private let bytes: [UInt8]
    private var offset = 0
    private var open: [Tag] = []

    private struct Tag {
        var name: String
        var start: Int
        var end = 0
        var attributes: Set<String> = []
        var isEmpty = false
    }

    package init(_ bytes: [UInt8]) throws(Mistake) {
        self.bytes = bytes
        if let control = bytes.firstIndex(where: { $0 < 0x20 && ![9, 10, 13].contains($0) || $0 == 0x7f }) {
            throw Mistake("a control character", at: control)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Mistake("is not UTF-8", at: 0) }
    }

    /// Reads to the end; `check` sees each element: its name, how many are around it, and the
    /// outermost of those.
    package mutating func readAll(_ check: (_ name: String, _ depth: Int, _ parent: String?) throws(Mistake) -> Void)
        throws(Mistake)
    {
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "<") else {
                try readText()
                continue
            }
            if skipped("<!--") {
                try readComment()
            } else if starts("<!") || starts("<?") {
                throw Mistake("'<!' and '<?' have no place here, except for comments", at: offset)
            } else if starts("</") {
                try readEnd()
            } else {
                let start = offset
                let tag = try readTag()
                do throws(Mistake) {
                    try check(tag.name, open.count, open.first?.name)
                } catch {
                    throw Mistake(error.message, at: error.offset ?? start)
                }
                if tag.isEmpty { close(tag, innerEnd: tag.end) } else { open.append(tag) }
            }
        }
        if let tag = open.last { throw Mistake("<\(tag.name)> is not closed", at: tag.start) }
    }

    private mutating func readText() throws(Mistake) {
        let byte = bytes[offset]
        if open.isEmpty, ![9, 10, 13, 32].contains(byte) { throw Mistake("text that is in no element", at: offset) }
        if byte == UInt8(ascii: "&") { return try readEntity() }
        offset += 1
    }

    private mutating func readEntity() throws(Mistake) {
        let start = offset
        let end = bytes[offset...].prefix(12).firstIndex(of: UInt8(ascii: ";")) ?? start
        let name = String(decoding: bytes[start..<end].dropFirst(), as: UTF8.self)
        guard ["amp", "lt", "gt", "quot", "apos"].contains(name) else {
            throw Mistake("'&' begins none of &amp; &lt; &gt; &quot; &apos;", at: start)
        }
        offset = end + 1
    }

    private mutating func readComment() throws(Mistake) {
        let start = offset
        while !starts("--") {
            offset += 1
            if offset >= bytes.count { throw Mistake("a comment without an end", at: start) }
        }
        guard skipped("-->") else { throw Mistake("'--' inside of a comment", at: offset) }
    }

    private mutating func readEnd() throws(Mistake) {
        let start = offset
        offset += 2
        let name = readName()
        skipSpace()
        guard let tag = open.last, tag.name == name, skipped(">") else {
            throw Mistake(
                open.last.map { "</\(name)> where </\($0.name)> is expected" } ?? "</\(name)> closes nothing", at: start
            )
        }
        open.removeLast()
        close(tag, innerEnd: start)
    }

    private mutating func close(_ tag: Tag, innerEnd: Int) {
        guard open.isEmpty else { return }
        topmost.append(
            Element(
                name: tag.name, hasAttributes: !tag.attributes.isEmpty, whole: tag.start..<offset,
                inner: tag.end..<max(tag.end, innerEnd)))
    }

    private mutating func readTag() throws(Mistake) -> Tag {
        var tag = Tag(name: "", start: offset)
        offset += 1
        tag.name = readName()
        if tag.name.isEmpty { throw Mistake("'<' that begins no element", at: tag.start) }
        while true {
            let isApart = skipSpace()
            if skipped("/>") {
                tag.isEmpty = true
                break
            }
            if skipped(">") { break }
            let start = offset
            let name = readName()
            guard isApart, !name.isEmpty else { throw Mistake("<\(tag.name)> has no end", at: start) }
            skipSpace()
            guard skipped("=") else { throw Mistake("attribute \(name) has no value", at: start) }
            skipSpace()
            try readValue(of: name)
            if !tag.attributes.insert(name).inserted { throw Mistake("duplicate attribute \(name)", at: start) }
        }
        tag.end = offset
        return tag
    }

    private mutating func readValue(of name: String) throws(Mistake) {
        let start = offset
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\"") else {
            throw Mistake("the value of \(name) is not quoted", at: start)
        }
        let quote = bytes[offset]
        offset += 1
        while offset < bytes.count, bytes[offset] != quote {
            if bytes[offset] == UInt8(ascii: "<") { throw Mistake("'<' in the value of \(name)", at: offset) }
            if bytes[offset] == UInt8(ascii: "&") { try readEntity() } else { offset += 1 }
        }
        guard offset < bytes.count else { throw Mistake("the value of \(name) has no end", at: start) }
        offset += 1
    }

    private mutating func readName() -> String {
        let start = offset
        while offset < bytes.count, Self.isName(bytes[offset], isFirst: offset == start) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private static func isName(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
        default: false
        }
    }

    @discardableResult private mutating func skipSpace() -> Bool {
        let start = offset
        while offset < bytes.count, [9, 10, 13, 32].contains(bytes[offset]) { offset += 1 }
        return offset > start
    }

    private func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        return (0..<count).allSatisfy { bytes[offset + $0] == text.utf8Start[$0] }
    }

    private mutating func skipped(_ text: StaticString) -> Bool {
        guard starts(text) else { return false }
        offset += text.utf8CodeUnitCount
        return true
    }
}
