import Measurement

/// What a reader has to know before the numbers.
struct ResultRemarks {
    /// Why the result is not to be used.
    let faults: [String]
    /// What else bears on the numbers.
    let remarks: [String]

    init(_ result: MeasurementResult, _ summaries: [SearchSummary]) {
        faults = result.faultReasons
        var remarks = result.deviations.map { "Deviation from the plan: \($0)" }
        if result.generator.host == nil {
            remarks.append(
                "Generator on the same host: it shares memory bandwidth, cache and turbo clock with the chain")
        }
        for summary in summaries {
            for goal in summary.goals {
                guard let irregularity = goal.result.irregularity else { continue }
                remarks.append(
                    "\(summary.title), \(goal.result.goal.name): irregular result, because \(irregularity.text)")
            }
        }
        let invalid = result.searches.flatMap(\.trials).filter {
            if case .invalid = $0.trial.verdict { true } else { false }
        }
        if !invalid.isEmpty {
            let count = result.searches.reduce(0) { $0 + $1.trials.count }
            remarks.append("\(invalid.count) of \(count) trials were invalid and are not part of the result")
        }
        self.remarks = remarks
    }
}

extension SearchSummary {
    /// The size, and the repetition if it is not the first.
    var title: String { repetition > 1 ? "\(size.title), repetition \(repetition)" : size.title }
}
