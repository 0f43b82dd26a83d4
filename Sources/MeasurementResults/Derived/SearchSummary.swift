package import Measurement

/// What follows from the trials of a search.
package struct SearchSummary: Hashable, Sendable {
    package let size: FrameSize
    /// From 1 on.
    package let repetition: Int
    /// In the order of the goals; empty if the trials are not those of the search.
    package let goals: [GoalSummary]
    package let maximumReceiveRate: MaximumReceiveRate?
    /// Mean of the maximum receive rate.
    package let receiveThroughput: Throughput?

    /// Replays the trials of a record: a search that was interrupted has the results so far.
    package init(_ record: SearchRecord, directions: Int, linkSpeed: Int?) {
        size = record.size
        repetition = record.repetition
        let trials = record.trials.map(\.trial)
        func throughput(_ rate: Double?) -> Throughput? {
            rate.map {
                Throughput(perInterface: $0, size: record.size, directions: directions, linkSpeed: linkSpeed)
            }
        }
        var found: SearchResult?
        if let search = try? Search(record.goals, limits: record.limits, trials: trials) {
            if case .done(let result) = search.step { found = result } else { found = search.result() }
        }
        maximumReceiveRate = found?.maximumReceiveRate
        receiveThroughput = throughput(found?.maximumReceiveRate.map { $0.mean / Double(max(1, directions)) })
        goals = (found?.goals ?? []).map { result in
            GoalSummary(
                result: result, attribution: GoalAttribution(result, trials: trials),
                lower: throughput(result.lowerBound.map(Double.init)),
                upper: throughput(result.upperBound.map(Double.init)),
                conditional: throughput(result.conditionalThroughput))
        }
    }
}

extension MeasurementResult {
    /// What follows from each search, in the order of the searches.
    package var summaries: [SearchSummary] {
        searches.map {
            SearchSummary($0, directions: profile.directions.count, linkSpeed: chain.linkSpeed)
        }
    }
}
