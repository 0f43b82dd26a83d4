import Measurement

extension Plot {
    /// Lower bounds by frame size beside what the link carries; `nil` without bounds.
    static func throughput(_ result: MeasurementResult, _ summaries: [SearchSummary]) -> Plot? {
        let rates = result.comparedRates
        let sizes = result.frameSizes
        let names = rates.map(\.name).unique
        let found = rates.compactMap { rate in
            result.spread(of: rate, in: summaries).map { (rate: rate, spread: $0) }
        }
        guard !found.isEmpty else { return nil }
        var keys = names.enumerated().map {
            PlotKey(text: title($0.element), sample: .bar, style: style($0.offset))
        }
        let maxima = sizes.compactMap { size in result.chain.linkSpeed.map { Double(size.maximumRate(linkSpeed: $0)) } }
        let best = found.map(\.spread.maximum).max() ?? 0
        // Beside it, lower bars have no height.
        let isMaximumShown = maxima.allSatisfy { $0 < 20 * best }
        if !maxima.isEmpty {
            let place = isMaximumShown ? "" : ": above the plot"
            keys.append(PlotKey(text: "theoretical maximum of the link\(place)", sample: .line, style: "most dashed"))
        }
        let highest = isMaximumShown ? max(best, maxima.max() ?? 0) : best
        var marks: [PlotMark] = []
        for (place, size) in sizes.enumerated() {
            let width = 0.7 / Double(names.count)
            for (index, name) in names.enumerated() {
                guard let spread = found.first(where: { $0.rate.size == size && $0.rate.name == name })?.spread else {
                    continue
                }
                let start = Double(place) + 0.15 + Double(index) * width
                let tip = "\(size.title), \(name): \(NumberText.rate(spread.median)) for each interface"
                marks.append(
                    .bar(
                        from: start, to: start + width * 0.92, height: spread.median, style: style(index), tip: tip))
                if spread.values.count > 1 {
                    let middle = start + width * 0.46
                    marks.append(
                        .line(
                            [PlotPoint(x: middle, y: spread.minimum), PlotPoint(x: middle, y: spread.maximum)],
                            style: "most"))
                }
            }
            if isMaximumShown, !maxima.isEmpty {
                marks.append(
                    .line(
                        [
                            PlotPoint(x: Double(place) + 0.08, y: maxima[place]),
                            PlotPoint(x: Double(place) + 0.92, y: maxima[place]),
                        ],
                        style: "most dashed"))
            }
        }
        let summary = found.map { "\($0.rate.size.title), \($0.rate.name): \(NumberText.rate($0.spread.median))" }
        return Plot(
            title: "Throughput by frame size", summary: summary.joined(separator: "; "), keys: keys
        ) { layout in
            Content(
                x: .categories("Frame size (bytes)", sizes.map(\.text)),
                y: .rate("Rate of each interface", .linear(0, highest, count: layout.rows)), marks: marks)
        }
    }

    /// The style of the series with a number.
    static func style(_ index: Int) -> String { "s\(index % 6 + 1)" }

    private static func title(_ name: String) -> String {
        name == ComparedRate.receiveRate ? "mrr (maximum receive rate)" : "\(name) (lower bound)"
    }
}
