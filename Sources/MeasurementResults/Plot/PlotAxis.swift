/// An axis of a plot.
struct PlotAxis: Hashable {
    /// A mark with its text.
    struct Tick: Hashable {
        let value: Double
        let text: String
    }

    /// What the values are, with the unit.
    let title: String
    let scale: PlotScale
    let ticks: [Tick]
    /// Whether the marks are places of their own, which have no line through the plot.
    var isCategorical = false

    /// An axis with a place for each text; the place `n` is at `n + 0.5`.
    static func categories(_ title: String, _ texts: [String]) -> PlotAxis {
        PlotAxis(
            title: title, scale: PlotScale(lower: 0, upper: Double(texts.count), isLogarithmic: false, ticks: []),
            ticks: texts.enumerated().map { Tick(value: Double($0.offset) + 0.5, text: $0.element) },
            isCategorical: true)
    }

    /// An axis of numbers, which are divided by a unit in the texts.
    static func numbers(_ title: String, _ scale: PlotScale, unit: Double = 1) -> PlotAxis {
        PlotAxis(
            title: title, scale: scale,
            ticks: scale.ticks.map { Tick(value: $0, text: NumberText.short($0 / unit, 7)) })
    }

    /// An axis of packets per second in the unit that fits the highest one.
    static func rate(_ what: String, _ scale: PlotScale) -> PlotAxis {
        let (unit, name) = rateUnit(scale.upper)
        return numbers("\(what) (\(name))", scale, unit: unit)
    }

    private static func rateUnit(_ highest: Double) -> (Double, String) {
        if highest >= 1e6 { return (1e6, "Mpps") }
        return highest >= 1000 ? (1000, "kpps") : (1, "pps")
    }

    /// An axis of times; values are in nanoseconds.
    static func time(_ what: String, _ scale: PlotScale) -> PlotAxis {
        let units: [(Double, String)] = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")]
        let (unit, name) = units.first { scale.lower >= $0.0 / 10 } ?? (1, "ns")
        return numbers("\(what) (\(name))", scale, unit: unit)
    }
}
