import Reports

/// A result among others of one size and goal.
struct FleetRow {
    let label: String
    /// The rate of each interface; `nil` if the result has none.
    let spread: RateSpread?
    /// The distance from the median of all results, as a part of the median.
    let distance: Double
    /// Whether the distance is beyond the goal's width and three times that of the middle result.
    let isOutlier: Bool
    /// What most other hosts have another way.
    let differences: [String]

    /// Rows of all results, those farthest from the median first, and the median.
    static func rows(
        _ rate: ComparedRate, _ results: [(label: String, result: MeasurementResult, summaries: [SearchSummary])],
        differences: [String: [String]]
    ) -> (rows: [FleetRow], median: RateSpread?) {
        let spreads = results.map { $0.result.spread(of: rate, in: $0.summaries) }
        let width = spreads.compactMap { $0?.width }.max() ?? 0
        let medians = RateSpread(spreads.compactMap { $0?.median }, width: width)
        let median = medians?.median ?? 0
        let distances = spreads.map { spread -> Double in
            guard let spread, median > 0 else { return 0 }
            return spread.median / median - 1
        }
        let middle = RateSpread(distances.map(\.magnitude), width: 0)?.median ?? 0
        let rows = results.indices.map { index in
            FleetRow(
                label: results[index].label, spread: spreads[index], distance: distances[index],
                isOutlier: spreads[index] == nil || distances[index].magnitude > max(width, 3 * middle),
                differences: differences[results[index].label] ?? [])
        }
        return (rows.sorted { Self.precedes($0, $1) }, medians)
    }

    private static func precedes(_ first: FleetRow, _ second: FleetRow) -> Bool {
        if (first.spread == nil) != (second.spread == nil) { return first.spread == nil }
        let (one, other) = (first.distance.magnitude, second.distance.magnitude)
        return one == other ? first.label < second.label : one > other
    }

    /// For each report, the fields whose value more than half of the reports have another way.
    static func differences(_ comparison: ReportComparison?) -> [String: [String]] {
        guard let comparison else { return [:] }
        var found: [String: [String]] = [:]
        for difference in comparison.differences {
            var counts: [String?: Int] = [:]
            for value in difference.values { counts[value, default: 0] += 1 }
            guard let usual = counts.first(where: { $0.value * 2 > difference.values.count }) else { continue }
            for (name, value) in zip(comparison.names, difference.values) where value != usual.key {
                found[name, default: []].append(
                    "\(difference.section)/\(difference.name): \(value ?? "none"), most have \(usual.key ?? "none")")
            }
        }
        return found
    }
}
