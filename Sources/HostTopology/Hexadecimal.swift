/// Numbers as `/sys` and people write them: a fixed count of lower-case digits.
public enum Hexadecimal {
    /// At least `width` digits.
    public static func padded(_ value: some FixedWidthInteger, _ width: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    /// The lowest `count` bytes, highest first.
    public static func bytes(_ value: UInt64, count: Int, separator: String) -> String {
        var text: [UInt8] = []
        for place in (0..<2 * count).reversed() {
            text.append(digits[Int(value >> UInt64(4 * place) & 15)])
            if place > 0, place % 2 == 0 { text += separator.utf8 }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
