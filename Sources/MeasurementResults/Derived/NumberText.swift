import Measurement
import Presentation

/// Numbers as people read them.
enum NumberText {
    /// A number without zeros behind the last digit, such as `0.5`.
    static func short(_ value: Double, _ digits: Int = 6) -> String {
        var text = fixed(value, digits)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }

    /// A rate in packets per second, such as `7.941 Mpps`.
    static func rate(_ value: Double) -> String {
        PacketRate(Int(exactly: value.rounded(.down)) ?? 0).text
    }

    /// Gbps with two digits, or Mbps for less than one Gbps.
    static func gigabits(_ value: Double) -> String {
        value < 1 ? "\(short(value * 1000, 2)) Mbps" : "\(fixed(value, 2)) Gbps"
    }

    /// A ratio from 0 to 1 in percent, such as `0.5 %`; a loss that is not zero is never `0 %`.
    static func percent(_ ratio: Double) -> String {
        let text = short(ratio * 100, 7)
        return text == "0" && ratio != 0 ? "below 0.0000001 %" : "\(text) %"
    }

    /// A part of a whole in percent with one digit, such as `84.0 %`; never `0.0 %` for a part that
    /// is not zero.
    static func part(_ ratio: Double) -> String {
        let text = fixed(ratio * 100, 1)
        return text == "0.0" && ratio != 0 ? "below 0.1 %" : "\(text) %"
    }

    /// A difference in percent with its sign, such as `+1.2 %`.
    static func difference(_ ratio: Double) -> String {
        let text = fixed(ratio * 100, 1)
        if text == "-0.0" || text == "0.0" { return "±0.0 %" }
        return "\(text.hasPrefix("-") ? "−\(text.dropFirst())" : "+\(text)") %"
    }

    /// A time with three significant digits, such as `12.3 µs`.
    static func time(_ duration: Duration) -> String {
        let nanoseconds = Double(duration.nanoseconds)
        let units: [(Double, String)] = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")]
        guard let (scale, unit) = units.first(where: { nanoseconds >= $0.0 }) else {
            return "\(duration.nanoseconds) ns"
        }
        let value = nanoseconds / scale
        let digits = value < 10 ? 2 : 1
        return "\(fixed(value, value < 100 ? digits : 0)) \(unit)"
    }

    /// Seconds as a span of time, such as `1 h 20 min`.
    static func span(_ seconds: Double) -> String {
        let whole = Int(exactly: seconds.rounded()) ?? 0
        if whole < 60 { return "\(short(seconds, 1)) s" }
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    /// A whole number in groups of three digits.
    static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append("\u{202f}") }
            text.append(digit)
        }
        return value < 0 ? "−" + text : text
    }
}
