import Diagnostics

/// Reads JSON from bytes, from left to right.
struct JSONReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(Problem) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw malformed("nothing more") }
        return value
    }

    private mutating func value(depth: Int) throws(Problem) -> JSON {
        guard depth < 64 else { throw malformed("at most 64 levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws(Problem) -> JSON {
        offset += 1
        var members: [JSON.Member] = []
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed("a name") }
            let name = try string()
            guard take(":") else { throw malformed("\":\"") }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw malformed("\",\" or \"}\"") }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(Problem) -> JSON {
        offset += 1
        var values: [JSON] = []
        if take("]") { return .array(values) }
        repeat { values.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw malformed("\",\" or \"]\"") }
        return .array(values)
    }

    private mutating func number() throws(Problem) -> JSON {
        let start = offset
        if next == UInt8(ascii: "-") { offset += 1 }
        let first = next
        let integer = offset
        try digits()
        if first == UInt8(ascii: "0"), offset > integer + 1 {
            offset = integer
            throw malformed("a number without a 0 in front")
        }
        if next == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            offset += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func digits() throws(Problem) {
        let start = offset
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
        guard offset > start else { throw malformed("a value") }
    }

    private mutating func string() throws(Problem) -> String {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw malformed("no control characters in a text") }
            offset += 1
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: String(try escaped()).utf8)
            } else {
                text.append(byte)
            }
        }
        guard take("\"") else { throw malformed("the end of a text") }
        guard let string = String(validating: text, as: UTF8.self) else {
            offset = start
            throw malformed("a text in UTF-8")
        }
        return string
    }

    private mutating func escaped() throws(Problem) -> Unicode.Scalar {
        guard let byte = next else { throw malformed("an escape") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            return try codePoint()
        default: throw malformed("an escape")
        }
    }

    /// Reads what follows `\u`: four digits, or two surrogates. A surrogate without its other half
    /// becomes U+FFFD (RFC 8259, 8.2 leaves its meaning open), and what follows the surrogate is
    /// read by itself.
    private mutating func codePoint() throws(Problem) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard first & 0xfc00 == 0xd800 else { return Unicode.Scalar(first) ?? "\u{fffd}" }
        let end = offset
        guard bytes[offset...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return "\u{fffd}" }
        offset += 2
        let second = try hexadecimal()
        guard second & 0xfc00 == 0xdc00 else {
            offset = end
            return "\u{fffd}"
        }
        return Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff) ?? "\u{fffd}"
    }

    private mutating func hexadecimal() throws(Problem) -> UInt32 {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("four hexadecimal digits") }
        offset += 4
        return value
    }

    private mutating func word(_ text: String, _ value: JSON) throws(Problem) -> JSON {
        guard bytes[offset...].starts(with: text.utf8) else { throw malformed("a value") }
        offset += text.utf8.count
        return value
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        if mark != "\"" { skipSpace() }
        guard next == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { offset += 1 }
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func malformed(_ expected: String) -> Problem {
        let found = next.map { "byte \($0)" } ?? "the end"
        return Problem(
            .jsonMalformed, "JSON at byte \(offset): expected \(expected), found \(found)",
            remedy: "check the program that wrote it")
    }
}
