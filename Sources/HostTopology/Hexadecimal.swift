/// Numbers as `/sys` and people write them: a fixed count of lower-case digits.
public enum Hexadecimal {
    /// At least `width` digits.
    public static func padded(_ value: some FixedWidthInteger, _ width: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    /// The lowest `count` bytes, highest first.
    public static func bytes(_ value: UInt64, count: Int, separator: String) -> String {
        (0..<count).map { padded(value >> UInt64(8 * (count - 1 - $0)) & 0xff, 2) }.joined(separator: separator)
    }
}
