/// A Search Goal of MLRsearch (RFC 9971, "Search Goal"): what a load has to fulfill, and how
/// closely the search approaches the highest load that does.
package struct SearchGoal: Hashable, Sendable {
    /// Name in results, such as `ndr`.
    package let name: String
    /// Goal Loss Ratio: a trial with a higher loss ratio is a high-loss trial. From 0, below 1.
    package let lossRatio: Double
    /// Goal Exceed Ratio: the part of the duration sum that high-loss trials may have at a lower
    /// bound. From 0, below 1.
    package let exceedRatio: Double
    /// Goal Width: the difference of the bounds, divided by the upper bound. Above 0, below 1.
    package let width: Double
    /// Goal Initial Trial Duration: the first trials at a load are no shorter.
    package let initialTrialDuration: Duration
    /// Goal Final Trial Duration: a trial of at least this duration is full-length.
    package let finalTrialDuration: Duration
    /// Goal Duration Sum: the trials at a load that decide what the load is.
    package let durationSum: Duration

    /// Creates a goal; durations are multiples of a millisecond.
    /// - Throws: `SearchError.invalidGoal` if an attribute is out of its range.
    package init(
        name: String, lossRatio: Double, exceedRatio: Double = 0.5, width: Double = 0.005,
        initialTrialDuration: Duration, finalTrialDuration: Duration, durationSum: Duration
    ) throws(SearchError) {
        self.init(
            unchecked: name, lossRatio, exceedRatio, width,
            durations: (initialTrialDuration, finalTrialDuration, durationSum))
        if let reason = violation { throw .invalidGoal(name, reason) }
    }

    private init(
        unchecked name: String, _ lossRatio: Double, _ exceedRatio: Double, _ width: Double,
        durations: (initial: Duration, final: Duration, sum: Duration)
    ) {
        self.name = name
        self.lossRatio = lossRatio
        self.exceedRatio = exceedRatio
        self.width = width
        initialTrialDuration = durations.initial
        finalTrialDuration = durations.final
        durationSum = durations.sum
    }

    /// The attribute that is out of its range, with the range; `nil` for a valid goal.
    private var violation: String? {
        if !(lossRatio >= 0 && lossRatio < 1) { return "the loss ratio must be at least 0 and below 1" }
        if !(exceedRatio >= 0 && exceedRatio < 1) { return "the exceed ratio must be at least 0 and below 1" }
        if !(width >= Self.leastWidth && width < 1) { return "the width must be at least 0.00001 and below 1" }
        if initialTrialDuration < .milliseconds(1) { return "the initial trial duration must be at least 1 ms" }
        if finalTrialDuration < initialTrialDuration {
            return "the final trial duration must not be below the initial one"
        }
        if durationSum < finalTrialDuration { return "the duration sum must not be below the final trial duration" }
        return nil
    }

    /// Narrower bounds would take millions of steps between the limits.
    private static let leastWidth = 0.00001
}

extension SearchGoal {
    /// No Drop Rate as FD.io CSIT defines it: no loss in half of 21 trials of one second.
    package static let ndr = SearchGoal(
        unchecked: "ndr", 0, 0.5, 0.005, durations: (.seconds(1), .seconds(1), .seconds(21)))

    /// Partial Drop Rate as FD.io CSIT defines it: a loss of up to 0.5 % in half of 21 trials of
    /// one second.
    package static let pdr = SearchGoal(
        unchecked: "pdr", 0.005, 0.5, 0.005, durations: (.seconds(1), .seconds(1), .seconds(21)))

    /// RFC 2544, section 24 and 26.1: no loss in one trial of 60 seconds.
    package static let rfc2544 = SearchGoal(
        unchecked: "rfc2544", 0, 0, 0.005, durations: (.seconds(1), .seconds(60), .seconds(60)))

    /// ETSI GS NFV-TST 009, section 12.3.3, with max(r) = 2: no loss in one of two trials of 60
    /// seconds.
    package static let tst009 = SearchGoal(
        unchecked: "tst009", 0, 0.5, 0.005, durations: (.seconds(1), .seconds(60), .seconds(120)))

    /// Goals with a name.
    package static let presets = [ndr, pdr, rfc2544, tst009]
}
