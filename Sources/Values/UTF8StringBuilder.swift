/// Text composed of many pieces, written as a string literal. A String takes several times as many
/// steps for each piece.
package struct UTF8StringBuilder: ExpressibleByStringInterpolation, StringInterpolationProtocol {
    /// The text in UTF-8.
    package private(set) var bytes: [UInt8] = []

    /// Reserves space for it.
    package init(literalCapacity: Int, interpolationCount: Int) {
        bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    /// Creates text from a literal without interpolations.
    package init(stringLiteral literal: StaticString) { appendLiteral(literal) }

    /// Creates text from a literal with interpolations.
    package init(stringInterpolation text: UTF8StringBuilder) { self = text }

    /// It as a String.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends a part.
    package static func += (text: inout UTF8StringBuilder, part: UTF8StringBuilder) { text.bytes += part.bytes }

    /// Takes a piece of the literal.
    package mutating func appendLiteral(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Takes text.
    package mutating func appendInterpolation(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Takes words with a blank between each two. `joined()` takes several thousand steps for its
    /// first call.
    package mutating func appendInterpolation(words: [String]) {
        for (index, word) in words.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            appendInterpolation(word)
        }
    }

    /// Takes a number.
    package mutating func appendInterpolation(_ number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: UInt64(number.magnitude))
    }

    /// Takes a number in hexadecimal digits, `width` at least.
    mutating func appendInterpolation(hex number: Int, _ width: Int) {
        if number > 15 || width > 1 { appendInterpolation(hex: number >> 4, width - 1) }
        bytes.append(Hexadecimal.digit(number))
    }

    /// Takes numbers with a comma between each two.
    package mutating func appendInterpolation(_ numbers: [Int]) {
        for (index, number) in numbers.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            appendInterpolation(number)
        }
    }
}

extension [UInt8] {
    /// Appends the decimal digits of a number.
    package mutating func append(decimal number: UInt64) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
