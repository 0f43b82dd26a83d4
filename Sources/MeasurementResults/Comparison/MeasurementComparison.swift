package import Reports

/// Results beside the first one of them: whether they may be compared at all, the rates, and what
/// differs between the hosts.
package struct MeasurementComparison: Sendable {
    /// A rate of one result.
    package struct Value: Hashable, Sendable {
        package let spread: RateSpread
        /// The difference of the medians, as a part of the first result's; `nil` for the first
        /// result, and if it has no rate.
        package let difference: Double?
        /// Whether the difference is within the spread of the repetitions or the goal's width.
        package let isWithinSpread: Bool
    }

    /// A size and goal.
    package struct Row: Hashable, Sendable {
        package let rate: ComparedRate
        /// One for each result; `nil` without a rate.
        package let values: [Value?]
    }

    package let names: [String]
    /// Empty if the results can be compared.
    package let reasons: [IncomparableReason]
    package let rows: [Row]
    /// What differs between the reports before the measurements; `nil` if fewer than two results
    /// have one.
    package let reports: ReportComparison?
    /// Results without a report.
    package let namesWithoutReport: [String]

    package init(_ results: [(name: String, result: MeasurementResult)]) {
        names = results.map(\.name)
        var reasons: [IncomparableReason] = []
        for (index, (name, result)) in results.enumerated() {
            var texts = result.faultReasons
            if index > 0 { texts += result.reasons(against: results[0].result) }
            reasons += texts.map { IncomparableReason(name: name, text: $0) }
        }
        self.reasons = reasons
        let summaries = results.map(\.result.summaries)
        rows = results.flatMap(\.result.comparedRates).unique.map { rate in
            let spreads = zip(results, summaries).map { $0.result.spread(of: rate, in: $1) }
            return Row(rate: rate, values: Self.values(spreads))
        }
        let reports = results.map { (name: $0.name, report: $0.result.report) }
        let known = reports.compactMap { item in item.report.map { (name: item.name, report: $0) } }
        self.reports = known.count > 1 ? ReportComparison(known) : nil
        namesWithoutReport = reports.filter { $0.report == nil }.map(\.name)
    }

    /// Whether the rates say something about the difference of the hosts.
    package var isComparable: Bool { reasons.isEmpty }

    private static func values(_ spreads: [RateSpread?]) -> [Value?] {
        spreads.enumerated().map { index, spread in
            guard let spread else { return nil }
            guard index > 0, let first = spreads[0], first.median > 0 else {
                return Value(spread: spread, difference: nil, isWithinSpread: false)
            }
            let difference = spread.median - first.median
            return Value(
                spread: spread, difference: difference / first.median,
                isWithinSpread: difference.magnitude <= max(spread.tolerance, first.tolerance))
        }
    }
}

extension MeasurementResult {
    /// The report before the first trial; `nil` if there is none that can be read.
    package var report: Report? { reportBefore.flatMap { try? Report($0) } }
}
