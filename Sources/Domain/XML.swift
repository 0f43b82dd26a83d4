import HostTopology

/// XML, written as it reads: a string literal in which text that is put in with `\()` is escaped, and XML that is put in stays as it is.
public struct XML: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The document, or the part of one, in UTF-8.
    public private(set) var bytes: [UInt8]

    /// Makes it of a literal with nothing put in.
    public init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer(Array.init)
    }

    /// Takes what is XML already.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Makes it of a literal and what was put in.
    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Appends a part.
    public static func += (xml: inout XML, part: XML) { xml.bytes += part.bytes }

    /// A literal that is being put together.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        /// Makes room for it.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 64 * interpolationCount)
        }

        /// Takes a piece of the literal as it is.
        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Takes XML as it is.
        public mutating func appendInterpolation(_ xml: XML) { bytes += xml.bytes }

        /// Takes what cannot have a special character in it.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            // Most are places, and CPUs.
            guard number >= 0, number < 100 else { return bytes += number.description.utf8 }
            let number = Int(number)
            if number >= 10 { bytes.append(Hexadecimal.digit(number / 10)) }
            bytes.append(Hexadecimal.digit(number % 10))
        }

        /// Takes a number of two hexadecimal digits.
        mutating func appendInterpolation(hex number: Int) {
            bytes.append(Hexadecimal.digit(number >> 4))
            bytes.append(Hexadecimal.digit(number))
        }

        /// Takes text, of an element or of an attribute in `'`.
        public mutating func appendInterpolation(_ text: String) {
            var text = text
            text.withUTF8 { text in
                var copied = 0
                for index in text.indices {
                    guard let entity = Self.entity(text[index]) else { continue }
                    bytes.append(contentsOf: text[copied..<index])
                    appendLiteral(entity)
                    copied = index + 1
                }
                bytes.append(contentsOf: text[copied...])
            }
        }

        /// What stands for a character that means something else (XML 1.0, 2.4).
        private static func entity(_ byte: UInt8) -> StaticString? {
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "'"): "&apos;"
            default: nil
            }
        }
    }
}
