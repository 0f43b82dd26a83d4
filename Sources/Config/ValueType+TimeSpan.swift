import Values

extension ValueType where Value == Int {
    /// Seconds, as systemd reads a time span, in whole seconds.
    static func timeSpan(_ range: ClosedRange<Int>) -> ValueType {
        ValueType(
            "a time span such as 90s or 1min 30s, from \(range.lowerBound) s to \(range.upperBound) s", unit: "seconds",
            syntax: "Numbers with s, min, h or d behind them, added up; a number alone is seconds"
        ) { text in
            guard let span = TimeSpan(text), span.milliseconds % 1000 == 0 else { return nil }
            let seconds = span.milliseconds / 1000
            return range.contains(seconds) ? seconds : nil
        }
    }
}
