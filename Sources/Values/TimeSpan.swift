/// A span of time as systemd reads it (`systemd.time(7)`, PARSING TIME SPANS), such as `90s`, `1min
/// 30s` or `500ms`; a number alone is seconds.
package struct TimeSpan: Hashable, Sendable {
    /// How long it is.
    package var milliseconds: Int

    /// `nil` when the text is none.
    package init?(_ text: String) {
        milliseconds = 0
        var rest = text[...].utf8
        repeat {
            rest = rest.drop { $0 == 0x20 }
            let digits = rest.prefix { (48...57).contains($0) }
            rest = rest.dropFirst(digits.count).drop { $0 == 0x20 }
            let unit = rest.prefix { (97...122).contains($0) }
            rest = rest.dropFirst(unit.count)
            guard digits.count <= 9, let number = Int(Substring(digits)), let unit = Self.unit(String(Substring(unit)))
            else { return nil }
            let (sum, isTooLong) = milliseconds.addingReportingOverflow(number * unit)
            guard !isTooLong else { return nil }
            milliseconds = sum
        } while !rest.allSatisfy { $0 == 0x20 }
    }

    /// The milliseconds of a unit of time.
    private static func unit(_ name: String) -> Int? {
        switch name {
        case "ms", "msec": 1
        case "", "s", "sec", "second", "seconds": 1000
        case "m", "min", "minute", "minutes": 60_000
        case "h", "hr", "hour", "hours": 3_600_000
        case "d", "day", "days": 86_400_000
        default: nil
        }
    }
}
