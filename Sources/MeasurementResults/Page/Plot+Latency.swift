import Measurement

extension Plot {
    private static let percentiles: [(percent: Double, shape: PlotShape)] = [
        (50, .disk), (90, .square), (99, .ring), (99.9, .cross),
    ]

    /// Percentiles of the latency of all directions by load; `nil` without latencies of this size.
    static func latency(_ result: MeasurementResult, _ size: FrameSize) -> Plot? {
        let records = result.latencies.filter { $0.size == size }
        let merged = records.map { LatencyHistogram.merged($0.directions.compactMap { $0 }) }
        var marks: [PlotMark] = []
        var values: [Double] = []
        for (index, item) in percentiles.enumerated() {
            var points: [PlotPoint] = []
            for (place, histogram) in merged.enumerated() {
                guard let time = histogram?.percentile(item.percent) else { continue }
                points.append(PlotPoint(x: Double(place) + 0.5, y: Double(max(1, time.nanoseconds))))
            }
            let style = Self.style(index)
            marks.append(.line(points, style: style))
            for point in points {
                let time = Duration.nanoseconds(Int(point.y))
                let tip = "\(records[Int(point.x)].loadText): \(title(item.percent)) \(NumberText.time(time))"
                marks.append(.point(point, shape: item.shape, style: style, tip: tip))
            }
            values += points.map(\.y)
        }
        guard let least = values.min(), let most = values.max() else { return nil }
        let keys = percentiles.enumerated().map {
            PlotKey(
                text: title($0.element.percent), sample: .point($0.element.shape), style: Self.style($0.offset))
        }
        let range = [least, most].map { NumberText.time(.nanoseconds(Int($0))) }
        return Plot(
            title: "Latency by load with \(size.title), all directions",
            summary: "Percentiles from \(range[0]) to \(range[1])", keys: keys
        ) { layout in
            Content(
                x: .categories("Load", records.map { layout == .wide ? $0.loadText : $0.shortLoadText }),
                y: .time("Latency, logarithmic", .logarithmic(least, most)), marks: marks)
        }
    }

    private static func title(_ percent: Double) -> String { "\(NumberText.short(percent, 1)) % of the frames within" }
}

extension LatencyRecord {
    fileprivate var shortLoadText: String { percent == 0 ? "least" : "\(percent) %" }
}

extension LatencyHistogram {
    /// The frames of several histograms; `nil` for none.
    static func merged(_ histograms: [LatencyHistogram]) -> LatencyHistogram? {
        guard var result = histograms.first else { return nil }
        var frames: [Int: Int] = [:]
        for histogram in histograms {
            result.minimum = min(result.minimum, histogram.minimum)
            result.maximum = max(result.maximum, histogram.maximum)
            for bucket in histogram.buckets { frames[bucket.nanoseconds, default: 0] += bucket.frames }
        }
        result.sum = histograms.reduce(.zero) { $0 + $1.sum }
        result.buckets = frames.sorted { $0.key < $1.key }.map { Bucket(nanoseconds: $0.key, frames: $0.value) }
        return result
    }
}
