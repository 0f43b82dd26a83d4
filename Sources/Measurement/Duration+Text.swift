extension Duration {
    /// Seconds as a floating-point number, for ratios of sums.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }

    /// Whole nanoseconds, toward zero.
    package var nanoseconds: Int {
        Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
    }

    /// Whole microseconds, toward zero.
    package var microseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }

    /// Whole milliseconds, toward zero.
    package var milliseconds: Int { microseconds / 1000 }

    /// Seconds or milliseconds with the unit, such as `60 s`, `4583 ms` or `12 µs`.
    package var shortText: String {
        let microseconds = microseconds
        if microseconds % 1_000_000 == 0 { return "\(microseconds / 1_000_000) s" }
        return microseconds % 1000 == 0 ? "\(microseconds / 1000) ms" : "\(microseconds) µs"
    }
}
