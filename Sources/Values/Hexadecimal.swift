/// Numbers as `/sys` and people write them: a fixed count of lower-case digits.
package enum Hexadecimal {
    /// At least `width` digits.
    package static func padded(_ value: some FixedWidthInteger, _ width: Int) -> String {
        let text = String(value, radix: 16)
        return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
    }

    /// The lowest `count` bytes, highest first, with a character between each two.
    package static func bytes(_ value: UInt64, count: Int, separator: UInt8?) -> String {
        String(unsafeUninitializedCapacity: 3 * count) { text in
            var end = 0
            func append(_ byte: UInt8) {
                text.initializeElement(at: end, to: byte)
                end += 1
            }
            for index in (0..<2 * count).reversed() {
                append(digit(Int(truncatingIfNeeded: value >> UInt64(4 * index))))
                if let separator, index > 0, index % 2 == 0 { append(separator) }
            }
            return end
        }
    }

    /// The lowest four bits as a digit.
    package static func digit(_ value: Int) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value & 15)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
