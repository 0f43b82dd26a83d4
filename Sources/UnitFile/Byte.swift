/// The bytes that mean something in systemd's syntax.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let hash = UInt8(ascii: "#")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")
    static let dash = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let at = UInt8(ascii: "@")
    static let dollar = UInt8(ascii: "$")
    static let percent = UInt8(ascii: "%")

    /// What systemd calls white space: blank, tab and the two that end lines.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == space || byte == tab || byte == lineFeed || byte == carriageReturn
    }

    /// Whether systemd ends a comment there.
    static func endsComment(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn || byte == 0 }

    /// Where the line feed is that ends the line from a place on.
    static func lineEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        text[start...].firstIndex(of: lineFeed)
    }

    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F
    }

    /// The slice without white space around it; one of nothing but white space becomes empty at its
    /// end.
    static func stripped(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = slice.startIndex
        var end = slice.endIndex
        while start < end, isSpace(slice[start]) { start += 1 }
        while start < end, isSpace(slice[end - 1]) { end -= 1 }
        return slice[start..<end]
    }

    /// Whether it is printable ASCII without a blank at an end and a backslash at its own, so that
    /// as a value it means itself.
    static func isPlain(_ value: ArraySlice<UInt8>) -> Bool {
        value.withUnsafeBufferPointer { text in
            guard let first = text.first, let last = text.last, first != space, last != space, last != backslash else {
                return false
            }
            // Without a branch in it the loop takes many bytes in a step.
            var others: UInt8 = 0
            for byte in text { others |= byte &- space > 0x5E ? 1 : 0 }
            return others == 0
        }
    }

    /// Whether it is nothing but ASCII letters, as keys are.
    static func isWord(_ key: ArraySlice<UInt8>) -> Bool {
        key.withUnsafeBufferPointer { text in
            !text.isEmpty && text.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        }
    }

    /// Whether the last byte is a backslash that no other backslash escapes.
    static func endsInBackslash(_ slice: ArraySlice<UInt8>) -> Bool {
        var start = slice.endIndex
        while start > slice.startIndex, slice[start - 1] == backslash {
            start -= 1
        }
        return (slice.endIndex - start) % 2 == 1
    }

    /// Whether systemd takes it as the name in a header: not empty, no quotes, backslashes or
    /// control characters.
    static func isSectionName(_ name: some Collection<UInt8>) -> Bool {
        !name.isEmpty && !name.contains { isControl($0) || $0 == quote || $0 == apostrophe || $0 == backslash }
    }

    /// The value of a hexadecimal digit of either case.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// `\xHH`, as systemd writes it.
    static func hexEscape(_ byte: UInt8) -> [UInt8] {
        [backslash, UInt8(ascii: "x"), hexDigit(byte >> 4), hexDigit(byte & 15)]
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Where the first byte is that systemd does not take as UTF-8: malformed, a surrogate, or a
    /// noncharacter.
    static func firstInvalid(in slice: ArraySlice<UInt8>) -> Int? {
        // ASCII is valid. Without a branch in it the loop takes many bytes in a step.
        var all: UInt8 = 0
        slice.withUnsafeBufferPointer { text in for byte in text { all |= byte } }
        if all < 0x80 { return nil }
        var index = slice.startIndex
        while index < slice.endIndex {
            if slice[index] < 0x80 {
                index += 1
                continue
            }
            guard let length = validLength(slice[index...]) else {
                return index
            }
            index += length
        }
        return nil
    }

    /// The length of the well-formed sequence of two to four bytes at the start.
    private static func validLength(_ slice: ArraySlice<UInt8>) -> Int? {
        guard let lead = slice.first else { return nil }
        let (length, smallest): (Int, UInt32) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80)
            case 0xE0...0xEF: (3, 0x800)
            case 0xF0...0xF4: (4, 0x10000)
            default: (0, 0)
            }
        guard length > 0, slice.count >= length else { return nil }
        var code = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in slice.dropFirst().prefix(length - 1) {
            guard byte & 0xC0 == 0x80 else { return nil }
            code = code << 6 | UInt32(byte & 0x3F)
        }
        return code >= smallest && isCharacter(code) ? length : nil
    }

    /// Whether systemd accepts the code point.
    static func isCharacter(_ code: UInt32) -> Bool {
        code < 0x110000 && code & 0xFFFF_F800 != 0xD800 && !(0xFDD0...0xFDEF).contains(code) && code & 0xFFFE != 0xFFFE
    }
}
