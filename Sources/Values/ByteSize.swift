/// A number of bytes, base 1024, as systemd reads it (`parse_size()`, in `systemd.syntax(7)` the
/// sizes of `MemoryMax=` and others): `512M`, `1.5G`, `1G 512M`.
package struct ByteSize: Hashable, Sendable {
    /// 1 byte to 256 TiB.
    package let bytes: UInt64

    /// `nil` when the text is no size, or one that is out of range.
    package init?(_ text: String) {
        var reader = Reader(text)
        guard let bytes = reader.size() else { return nil }
        self.bytes = bytes
    }
}

private struct Reader {
    private var rest: Substring.UTF8View
    /// Powers of 1024 that may still follow are below this one.
    private var limit = 7

    init(_ text: String) { rest = text[...].utf8 }

    mutating func size() -> UInt64? {
        var total: UInt64 = 0
        repeat {
            guard let part = part(), total <= 1 << 48 else { return nil }
            total += part
            skipSpace()
        } while !rest.isEmpty
        return (1...1 << 48).contains(total) ? total : nil
    }

    /// A number and its suffix.
    private mutating func part() -> UInt64? {
        guard limit > 0, let whole = digits(), let number = UInt64(Substring(whole)) else { return nil }
        var fraction: Substring.UTF8View?
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard let digits = digits() else { return nil }
            fraction = digits.prefix(18)
        }
        skipSpace()
        let power = power()
        guard power < limit else { return nil }
        // Behind a number of bytes nothing smaller can come.
        limit = power
        let unit: UInt64 = 1 << UInt64(power * 10)
        let (size, overflow) = number.multipliedReportingOverflow(by: unit)
        guard !overflow, size <= 1 << 48 else { return nil }
        guard let fraction, let parts = UInt64(Substring(fraction)) else { return size }
        let scale = fraction.reduce(1 as UInt64) { power, _ in power * 10 }
        return size + scale.dividingFullWidth(unit.multipliedFullWidth(by: parts)).quotient
    }

    private mutating func digits() -> Substring.UTF8View? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : digits
    }

    private mutating func power() -> Int {
        guard let suffix = rest.first, let index = "BKMGTPE".utf8.firstIndex(of: suffix) else { return 0 }
        rest.removeFirst()
        return "BKMGTPE".utf8.distance(from: "BKMGTPE".utf8.startIndex, to: index)
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    }
}
