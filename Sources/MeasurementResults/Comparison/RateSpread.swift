/// The rates of repetitions: their median, how far they are apart, and whether they lie in two
/// bands, as those of vhost can (FD.io CSIT, CSIT-1798).
package struct RateSpread: Hashable, Sendable {
    /// In ascending order; at least one.
    package let values: [Double]
    /// The width of the goal as a part of a rate.
    package let width: Double

    /// `nil` without values.
    package init?(_ values: [Double], width: Double) {
        if values.isEmpty { return nil }
        self.values = values.sorted()
        self.width = width
    }

    package var minimum: Double { values[0] }
    package var maximum: Double { values[values.count - 1] }

    /// The middle value, or the mean of the two in the middle.
    package var median: Double { (values[values.count / 2] + values[(values.count - 1) / 2]) / 2 }

    /// Bounds of two searches are no better known than this: a difference within it is none.
    package var tolerance: Double { max(maximum - minimum, maximum * width) }

    /// The two bands, if the largest gap is above three widths of the goal and above the spread of
    /// the values on both sides, of which each has two or more.
    package var bands: (lower: [Double], upper: [Double])? {
        guard values.count >= 4 else { return nil }
        let gaps = (1..<values.count).map { values[$0] - values[$0 - 1] }
        guard let largest = gaps.indices.max(by: { gaps[$0] < gaps[$1] }) else { return nil }
        let (lower, upper) = (Array(values[...largest]), Array(values[(largest + 1)...]))
        let gap = gaps[largest]
        guard lower.count > 1, upper.count > 1, gap > 3 * width * maximum,
            gap > Self.range(lower), gap > Self.range(upper)
        else { return nil }
        return (lower, upper)
    }

    private static func range(_ values: [Double]) -> Double { (values.last ?? 0) - (values.first ?? 0) }

    /// What the values are, such as `5 repetitions from 7.8 Mpps to 8.1 Mpps`; `nil` for one.
    package func text(of what: String = "repetitions") -> String? {
        guard values.count > 1 else { return nil }
        let range = "\(NumberText.rate(minimum)) to \(NumberText.rate(maximum))"
        guard let bands else { return "\(values.count) \(what) from \(range)" }
        let texts = [bands.lower, bands.upper].map { band in
            "\(band.count) of \(NumberText.rate(band[0])) to \(NumberText.rate(band[band.count - 1]))"
        }
        return "\(values.count) \(what) in two bands: \(texts.joined(separator: ", "))"
    }
}
