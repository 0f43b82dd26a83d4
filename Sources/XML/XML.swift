package import Values

/// XML, written as it reads: a string literal in which interpolated text is escaped, and
/// interpolated XML is not.
package struct XML: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The document, or the part of one, in UTF-8.
    package private(set) var bytes: [UInt8]

    /// Creates XML from a literal without interpolations.
    package init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer(Array.init)
    }

    /// Takes what is XML already.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Creates XML from a literal with interpolations.
    package init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Appends a part.
    package static func += (xml: inout XML, part: XML) { xml.bytes += part.bytes }

    /// A literal that is being composed.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        /// Reserves space for it.
        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 64 * interpolationCount)
        }

        /// Takes a piece of the literal as it is.
        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Takes XML as it is.
        package mutating func appendInterpolation(_ xml: XML) { bytes += xml.bytes }

        /// Takes a piece of the literal only if a condition is true.
        package mutating func appendInterpolation(_ literal: StaticString, if condition: Bool) {
            if condition { appendLiteral(literal) }
        }

        /// Takes an element with text in it on a line of its own, if there is text.
        package mutating func appendInterpolation(element name: StaticString, _ text: String?) {
            guard let text else { return }
            appendLiteral("\n    <")
            appendLiteral(name)
            appendLiteral(">")
            appendInterpolation(text)
            appendLiteral("</")
            appendLiteral(name)
            appendLiteral(">")
        }

        // No generic functions: one of another module is not specialized, and takes several
        // thousand steps for its first call.

        /// Takes parts as they are.
        package mutating func appendInterpolation(_ parts: [XML]) {
            for part in parts { appendInterpolation(part) }
        }

        /// Takes a part for each place of a list.
        package mutating func appendInterpolation(_ places: Range<Int>, _ part: (Int) -> XML) {
            for place in places { appendInterpolation(part(place)) }
        }

        /// Takes what cannot have a special character in it.
        package mutating func appendInterpolation(_ number: Int) {
            if number < 0 { appendLiteral("-") }
            bytes.append(decimal: UInt64(number.magnitude))
        }

        /// Takes what cannot have a special character in it.
        package mutating func appendInterpolation(_ number: UInt64) { bytes.append(decimal: number) }

        /// Takes a number of two hexadecimal digits.
        package mutating func appendInterpolation(hex number: Int) {
            bytes.append(Hexadecimal.digit(number >> 4))
            bytes.append(Hexadecimal.digit(number))
        }

        /// Takes a MAC address.
        package mutating func appendInterpolation(_ address: MACAddress) {
            for shift in stride(from: 40 as UInt64, through: 0, by: -8) {
                appendInterpolation(hex: Int(address.value >> shift & 255))
                if shift > 0 { bytes.append(UInt8(ascii: ":")) }
            }
        }

        /// Takes an address.
        package mutating func appendInterpolation(_ address: IPv4Address) {
            for shift in stride(from: 24 as UInt32, through: 0, by: -8) {
                bytes.append(decimal: UInt64(address.value >> shift & 255))
                if shift > 0 { bytes.append(UInt8(ascii: ".")) }
            }
        }

        /// Takes text, of an element or of an attribute in `'`.
        package mutating func appendInterpolation(_ text: String) {
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
