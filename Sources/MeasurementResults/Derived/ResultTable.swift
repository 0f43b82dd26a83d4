import Measurement
import Presentation

/// A table of a result, for the Markdown and the page.
struct ResultTable {
    let head: [String]
    let rows: [[String]]

    /// Bounds by frame size and goal.
    static func goals(_ summaries: [SearchSummary]) -> ResultTable {
        ResultTable(
            head: [
                "Frames", "Goal", "Lower bound, each interface", "Upper bound, each interface",
                "Conditional throughput", "All directions", "L1", "L2", "Of line rate", "Regular",
            ],
            rows: summaries.flatMap { summary in
                summary.goals.map { goal in
                    [
                        summary.title, goal.result.goal.name, rate(goal.lower?.perInterface),
                        rate(goal.upper?.perInterface), rate(goal.conditional?.perInterface), rate(goal.lower?.sum),
                    ] + bandwidth(goal.lower) + [goal.result.irregularity.map { "no: \($0.text)" } ?? "yes"]
                }
            })
    }

    /// Maximum receive rates.
    static func receiveRates(_ summaries: [SearchSummary]) -> ResultTable {
        ResultTable(
            head: [
                "Frames", "Trials", "Mean, each interface", "Mean, all directions", "Standard deviation", "L1", "L2",
                "Of line rate",
            ],
            rows: summaries.compactMap { summary in
                guard let rate = summary.maximumReceiveRate, let mean = summary.receiveThroughput else { return nil }
                return [
                    summary.title, String(rate.rates.count), Self.rate(mean.perInterface), Self.rate(mean.sum),
                    NumberText.rate(rate.standardDeviation),
                ] + bandwidth(mean)
            })
    }

    /// Percentiles of the latency by load and direction.
    static func latencies(_ result: MeasurementResult) -> ResultTable {
        ResultTable(
            head: [
                "Frames", "Load", "Direction", "Least", "50 %", "90 %", "99 %", "99.9 %", "Longest", "Lost", "Valid",
            ],
            rows: result.latencies.flatMap { record in
                record.directions.enumerated().map { index, histogram in
                    let times = [50.0, 90, 99, 99.9].map { histogram?.percentile($0) }
                    let all = [histogram?.minimum] + times + [histogram?.maximum]
                    return [
                        record.size.title, "\(record.loadText), \(NumberText.rate(Double(record.load)))",
                        result.directionName(index),
                    ] + all.map { $0.map(NumberText.time) ?? "-" } + [
                        NumberText.count(record.sent - record.received),
                        record.faults.isEmpty ? "yes" : "no: \(record.faults.joined(separator: "; "))",
                    ]
                }
            })
    }

    /// A row for each soak.
    static func soaks(_ result: MeasurementResult) -> ResultTable {
        ResultTable(
            head: [
                "Frames", "Load, each interface", "Intended", "Measured", "Sent", "Lost", "Loss ratio",
                "Intervals with loss", "Invalid intervals", "Longest time without loss",
            ],
            rows: result.soaks.map { soak in
                let summary = soak.summary
                return [
                    soak.size.title, NumberText.rate(Double(soak.load)), NumberText.span(soak.duration.seconds),
                    NumberText.span(summary.seconds), NumberText.count(summary.sent), NumberText.count(summary.lost),
                    NumberText.percent(summary.lossRatio), "\(summary.lossyIntervals) of \(soak.intervals.count)",
                    String(summary.invalidIntervals), NumberText.span(summary.longestLosslessTime),
                ]
            })
    }

    private static func rate(_ value: Double?) -> String { value.map(NumberText.rate) ?? "-" }

    private static func bandwidth(_ throughput: Throughput?) -> [String] {
        guard let throughput else { return ["-", "-", "-"] }
        return [
            NumberText.gigabits(throughput.l1Gigabits), NumberText.gigabits(throughput.l2Gigabits),
            throughput.linePercent.map { "\(fixed($0, 1)) %" } ?? "-",
        ]
    }
}

extension LatencyRecord {
    /// The load in words, such as `50 % of pdr`.
    var loadText: String { percent == 0 ? "least load" : "\(percent) % of \(goal)" }
}

extension MeasurementResult {
    /// The name of a direction.
    func directionName(_ index: Int) -> String {
        profile.directions.indices.contains(index) ? profile.directions[index] : String(index)
    }

    /// What the frames were, in one line.
    var profileText: String {
        let flows = profile.flows == 1 ? "1 flow" : "\(profile.flows) flows"
        return "\(profile.hasIPv6 ? "IPv6" : "IPv4") over Ethernet, \(flows) in each direction, "
            + "directions: \(profile.directions.joined(separator: ", "))"
    }
}
