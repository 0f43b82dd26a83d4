/// The loads of a search: steps of one ratio from the minimum to the maximum load, so that a width
/// is a whole number of steps and equal loads are equal numbers. The step is such that each goal's
/// width is 0.99 to 0.999999 of a whole number of steps, as in FD.io CSIT's MLRsearch 1.2.1
/// (load_rounding).
struct LoadGrid: Hashable, Sendable {
    /// Index of the maximum load; the minimum load has index 0.
    let last: Int
    /// The loads at both ends, packets per second for each interface.
    let minimum: Int
    let maximum: Int
    /// The logarithm of maximum to minimum.
    private let range: Double

    private static let quality = 0.99...0.999999

    /// Creates the grid for goal widths.
    /// - Throws: `SearchError.minimumLoadTooLow` if loads next to each other are less than two
    ///   packets apart: loads are whole packets per second.
    init(_ limits: SearchLimits, widths: [Double]) throws(SearchError) {
        minimum = limits.minimumLoad
        maximum = limits.maximumLoad
        range = Logarithm.ln(Double(maximum) / Double(minimum))
        last = Self.steps(range, widths.map(Self.logarithm))
        let step = Logarithm.exp(range / Double(last)) - 1
        let least = Int((2 / step).rounded(.up))
        // A step of the whole range has no load between the limits.
        guard minimum >= least || last == 1 else { throw .minimumLoadTooLow(minimum, least: least) }
    }

    /// The logarithm of a width: of the upper to the lower bound.
    private static func logarithm(_ width: Double) -> Double { -Logarithm.ln(1 - width) }

    /// Returns the least number of steps that each width, as a logarithm, nearly is a multiple of.
    private static func steps(_ range: Double, _ widths: [Double]) -> Int {
        var candidate = 1
        while true {
            var next = candidate
            for width in widths {
                let units = width / range * Double(candidate)
                let whole = units.rounded(.down)
                guard !quality.contains(whole / units) else { continue }
                let better = (whole + 1) / quality.upperBound / units * Double(candidate)
                next = max(next, candidate + 1, Int(better.rounded(.up)))
            }
            guard next > candidate else { return candidate }
            candidate = next
        }
    }

    /// Returns the load at an index, in packets per second, not rounded to whole packets.
    func exactLoad(at index: Int) -> Double {
        if index <= 0 { return Double(minimum) }
        if index >= last { return Double(maximum) }
        return Double(minimum) * Logarithm.exp(range * (Double(index) / Double(last)))
    }

    /// Returns the load at an index, in whole packets per second.
    func load(at index: Int) -> Int { Int(exactLoad(at: index).rounded()) }

    /// Returns the index of the highest load that is not above `rate`, in packets per second.
    func index(below rate: Double) -> Int {
        if rate <= Double(minimum) { return 0 }
        if rate >= Double(maximum) { return last }
        let position = Logarithm.ln(rate / Double(minimum)) / range * Double(last)
        // What the logarithm is off by must not make a load one lower.
        return min(last, Int((position + 1e-9).rounded(.down)))
    }

    /// Returns the steps of a width, rounded down; at least 1.
    func steps(of width: Double) -> Int {
        max(1, Int((Self.logarithm(width) / range * Double(last)).rounded(.down)))
    }
}
