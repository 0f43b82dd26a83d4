import Measurement

/// Maps values to 0 for the lower and 1 for the upper end of an axis.
struct PlotScale: Hashable {
    let lower: Double
    let upper: Double
    let isLogarithmic: Bool
    /// The values at which the axis has a mark.
    let ticks: [Double]

    /// Creates a linear scale from and to a multiple of a step of 1, 2 or 5 times a power of ten;
    /// `count` is the intended number of steps. With `isFitted` the ends are the values themselves.
    static func linear(_ lower: Double, _ upper: Double, count: Int, isFitted: Bool = false) -> PlotScale {
        let span = upper > lower ? upper - lower : max(upper.magnitude, 1)
        let step = step(atLeast: span / Double(max(1, count)))
        let first = (lower / step).rounded(isFitted ? .up : .down)
        let last = (max(upper, lower + span) / step).rounded(isFitted ? .down : .up)
        let ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        return PlotScale(
            lower: isFitted ? lower : ticks.first ?? lower, upper: isFitted ? lower + span : ticks.last ?? upper,
            isLogarithmic: false, ticks: ticks)
    }

    /// Creates a logarithmic scale with marks at powers of ten, and at 2 and 5 times these if there
    /// are few. Both values are above 0.
    static func logarithmic(_ lower: Double, _ upper: Double) -> PlotScale {
        var power = 1.0
        while power > lower { power /= 10 }
        while power * 10 <= lower { power *= 10 }
        var marks: [Double] = []
        while power < upper * 10 {
            marks += [power, power * 2, power * 5]
            power *= 10
        }
        let first = marks.last { $0 <= lower } ?? lower
        let last = marks.first { $0 >= upper && $0 > first } ?? upper
        let inner = marks.filter { $0 >= first && $0 <= last }
        let powers = inner.enumerated().filter { isPower($0.element) }.map(\.element)
        return PlotScale(
            lower: first, upper: last, isLogarithmic: true, ticks: inner.count > 8 && powers.count > 1 ? powers : inner)
    }

    /// Returns where a value is; what is beyond an end is at the end.
    func fraction(_ value: Double) -> Double {
        let value = min(max(value, lower), upper)
        guard isLogarithmic else { return (value - lower) / (upper - lower) }
        return Logarithm.ln(value / lower) / Logarithm.ln(upper / lower)
    }

    /// The least step that is not below a value.
    static func step(atLeast value: Double) -> Double {
        var power = 1.0
        while power > value { power /= 10 }
        while power * 10 <= value { power *= 10 }
        for factor in [1.0, 2, 5] where power * factor >= value { return power * factor }
        return power * 10
    }

    private static func isPower(_ value: Double) -> Bool {
        var value = value
        while value < 0.999 { value *= 10 }
        while value > 9.999 { value /= 10 }
        return value < 1.001
    }
}
