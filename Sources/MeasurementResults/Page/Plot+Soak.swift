import Measurement

extension Plot {
    /// The loss ratio over time; each bar is the highest one of its intervals. `nil` without
    /// intervals.
    static func soak(_ record: SoakRecord) -> Plot? {
        guard let last = record.intervals.last else { return nil }
        let end = last.start + last.duration.seconds
        let summary = record.summary
        let text =
            "\(NumberText.count(summary.lost)) of \(NumberText.count(summary.sent)) frames lost, "
            + "longest time without loss \(NumberText.span(summary.longestLosslessTime))"
        return Plot(
            title: "Soak with \(record.size.title) at \(NumberText.rate(Double(record.load))) for each interface",
            summary: text,
            keys: [
                PlotKey(text: "lost frames, highest ratio of the intervals in a bar", sample: .bar, style: "s2"),
                PlotKey(text: "invalid interval", sample: .point(.cross), style: "bad"),
            ]
        ) { layout in
            content(record, end: end, layout)
        }
    }

    private static func content(_ record: SoakRecord, end: Double, _ layout: Layout) -> Content {
        let (unit, name) = timeUnit(end)
        let columns = layout == .wide ? 300 : 120
        // No bar is narrower than an interval.
        let mean = end / Double(max(1, record.intervals.count))
        let width = max(end / Double(columns), mean)
        var highest: [Int: Double] = [:]
        var faults: [PlotMark] = []
        for interval in record.intervals {
            let column = Int(interval.start / width)
            if let fault = interval.fault {
                let tip = "\(NumberText.span(interval.start)): invalid: \(fault)"
                faults.append(
                    .point(PlotPoint(x: interval.start / unit, y: 0), shape: .cross, style: "bad", tip: tip))
            } else if interval.lost > 0 {
                let ratio = Double(interval.lost) * 100 / Double(max(1, interval.sent))
                highest[column] = max(highest[column] ?? 0, ratio)
            }
        }
        let bars = highest.sorted { $0.key < $1.key }.map { column, ratio -> PlotMark in
            let start = Double(column) * width
            let tip = "from \(NumberText.span(start)): \(NumberText.percent(ratio / 100)) lost"
            return .bar(
                from: start / unit, to: min(end, start + width) / unit, height: ratio, style: "s2", tip: tip)
        }
        let most = highest.values.max() ?? 0
        return Content(
            x: .numbers("Time (\(name))", .linear(0, end / unit, count: layout.columns, isFitted: true)),
            y: .numbers("Lost frames (%)", .linear(0, most > 0 ? most : 1, count: layout.rows)), marks: bars + faults)
    }

    private static func timeUnit(_ seconds: Double) -> (Double, String) {
        if seconds >= 7200 { return (3600, "h") }
        return seconds >= 180 ? (60, "min") : (1, "s")
    }
}
