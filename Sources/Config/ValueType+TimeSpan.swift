extension ValueType where Value == Int {
    /// Seconds, as systemd reads a time span (`systemd.time(7)`, PARSING TIME SPANS), in whole seconds.
    static func timeSpan(_ range: ClosedRange<Int>) -> ValueType {
        ValueType(
            "a time span such as 90s or 1min 30s, from \(range.lowerBound) s to \(range.upperBound) s", unit: "seconds",
            syntax: "Numbers with s, min, h or d behind them, added up; a number alone is seconds"
        ) { text in
            var total = 0
            var rest = text[...].utf8
            repeat {
                rest = rest.drop { $0 == 0x20 }
                let digits = rest.prefix { (48...57).contains($0) }
                rest = rest.dropFirst(digits.count).drop { $0 == 0x20 }
                let unit = rest.prefix { (97...122).contains($0) }
                rest = rest.dropFirst(unit.count)
                guard digits.count <= 9, let number = Int(Substring(digits)), let seconds = seconds(String(Substring(unit))) else {
                    return nil
                }
                total += number * seconds
            } while !rest.allSatisfy { $0 == 0x20 }
            return range.contains(total) ? total : nil
        }
    }

    /// What a unit of time comes to in seconds.
    private static func seconds(_ unit: String) -> Int? {
        switch unit {
        case "", "s", "sec", "second", "seconds": 1
        case "m", "min", "minute", "minutes": 60
        case "h", "hr", "hour", "hours": 3600
        case "d", "day", "days": 86400
        default: nil
        }
    }
}
