import Measurement

extension Plot {
    /// The load of each trial of a search in their order, and the bounds that followed.
    static func search(_ record: SearchRecord, _ summary: SearchSummary) -> Plot? {
        let loads = record.trials.map { Double($0.trial.input.load) }
        guard let least = loads.min(), let most = loads.max() else { return nil }
        let places = Double(loads.count)
        var marks: [PlotMark] = []
        var keys = [
            PlotKey(text: "valid, no loss", sample: .point(.disk), style: "s1"),
            PlotKey(text: "valid, with loss", sample: .point(.ring), style: "s2"),
            PlotKey(text: "invalid", sample: .point(.cross), style: "bad"),
        ]
        for (index, goal) in summary.goals.enumerated() {
            for (bound, style) in [(goal.lower, ""), (goal.upper, " dashed")] {
                guard let rate = bound?.perInterface else { continue }
                marks.append(
                    .line(
                        [PlotPoint(x: 0.4, y: rate), PlotPoint(x: places + 0.6, y: rate)],
                        style: Self.style(index + 2) + style))
            }
            guard goal.lower != nil || goal.upper != nil else { continue }
            let bounds = [goal.lower, goal.upper].map { $0.map { NumberText.rate($0.perInterface) } ?? "none" }
            keys.append(
                PlotKey(
                    text: "bounds of \(goal.result.goal.name): \(bounds[0]) and, dashed, \(bounds[1])", sample: .line,
                    style: Self.style(index + 2)))
        }
        let range = axis(record, summary)
        if most > range.upper {
            let text = "beyond the axis, at most \(NumberText.rate(most))"
            keys.append(PlotKey(text: text, sample: .point(.triangle), style: "s2"))
        }
        marks.append(
            .line(loads.enumerated().map { PlotPoint(x: Double($0.offset + 1), y: $0.element) }, style: "s6 thin"))
        for (index, trial) in record.trials.enumerated() {
            marks.append(mark(index + 1, trial, isBeyond: loads[index] > range.upper))
        }
        return Plot(
            title: "Search with \(summary.title)",
            summary: "\(loads.count) trials from \(NumberText.rate(least)) to \(NumberText.rate(most)) "
                + "for each interface", keys: keys
        ) { layout in
            Content(
                x: .numbers(
                    "Trial", .linear(0, places + 0.6, count: layout.columns, isFitted: true).withoutFractions),
                y: .rate(
                    "Load of each interface", .linear(range.lower, range.upper, count: layout.rows, isFitted: true)),
                marks: marks)
        }
    }

    /// The loads of the axis: those around the bounds, because the maximum load, which is tried
    /// first, can be far from them.
    private static func axis(_ record: SearchRecord, _ summary: SearchSummary) -> (lower: Double, upper: Double) {
        let chosen = record.trials.filter { $0.goal != nil }.map { Double($0.trial.input.load) }
        let bounds = summary.goals.flatMap { [$0.lower, $0.upper] }.compactMap { $0?.perInterface }
        let all = record.trials.map { Double($0.trial.input.load) }
        let shown = chosen + bounds
        let (least, most) = ((shown.min() ?? all.min()) ?? 0, (shown.max() ?? all.max()) ?? 0)
        let margin = max(most - least, most * 0.01) * 0.1
        return (max(0, least - margin), most + margin)
    }

    private static func mark(_ number: Int, _ record: TrialRecord, isBeyond: Bool) -> PlotMark {
        let point = PlotPoint(x: Double(number), y: Double(record.trial.input.load))
        let trial = "trial \(number): \(record.trial.input.text)"
        switch record.trial.verdict {
        case .valid(let loss) where loss.lost <= 0:
            return .point(point, shape: .disk, style: "s1", tip: "\(trial), no loss; \(record.reason)")
        case .valid(let loss):
            let ratio = NumberText.percent(loss.ratio)
            return .point(
                point, shape: isBeyond ? .triangle : .ring, style: "s2",
                tip: "\(trial), lost \(ratio); \(record.reason)")
        case .invalid(let reasons):
            let text = reasons.map(\.text).joined(separator: "; ")
            return .point(point, shape: .cross, style: "bad", tip: "\(trial), invalid: \(text)")
        }
    }
}

extension PlotScale {
    /// The scale with marks at whole numbers only.
    fileprivate var withoutFractions: PlotScale {
        PlotScale(
            lower: lower, upper: upper, isLogarithmic: isLogarithmic,
            ticks: ticks.filter { ($0 - $0.rounded()).magnitude < 1e-9 && $0 > 0 })
    }
}
