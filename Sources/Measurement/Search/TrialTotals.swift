/// The trials at one load, summed up for one goal (RFC 9971, appendices A and B).
package struct TrialTotals: Sendable {
    /// Effective seconds of full-length trials with a loss ratio of at most the goal's.
    private var fullLow = 0.0
    /// Effective seconds of full-length trials above the goal's loss ratio.
    private var fullHigh = 0.0
    /// The same of short trials.
    private var shortLow = 0.0
    private var shortHigh = 0.0
    /// Loss ratio and effective seconds of each full-length trial.
    private var fullLength: [(ratio: Double, seconds: Double)] = []
    private let target: SearchTarget

    /// Creates the totals for a goal, without trials.
    package init(_ goal: SearchGoal) {
        self.init(SearchTarget(goal, width: 1))
    }

    init(_ target: SearchTarget) {
        self.target = target
    }

    /// Adds a trial with its loss ratio, from 0 to 1.
    package mutating func add(duration: Duration, effectiveDuration: Duration, lossRatio: Double) {
        add(RecordedTrial(seconds: duration.seconds, effective: effectiveDuration.seconds, lossRatio: lossRatio))
    }

    mutating func add(_ trial: RecordedTrial) {
        let isHighLoss = trial.lossRatio > target.lossRatio
        switch (trial.seconds >= target.trialSeconds, isHighLoss) {
        case (true, false): fullLow += trial.effective
        case (true, true): fullHigh += trial.effective
        case (false, false): shortLow += trial.effective
        case (false, true): shortHigh += trial.effective
        }
        if trial.seconds >= target.trialSeconds { fullLength.append((trial.lossRatio, trial.effective)) }
    }

    /// What the load is (RFC 9971, appendix A). Short trials with low loss only make up for short
    /// trials with high loss.
    package var loadClass: LoadClass {
        let exceedRatio = target.exceedRatio
        let balance = shortLow * exceedRatio / (1 - exceedRatio)
        let high = fullHigh + max(0, shortHigh - balance)
        let whole = max(fullLow + high, target.durationSum)
        let limit = whole * exceedRatio
        let optimistic = high <= limit
        let pessimistic = whole - fullLow <= limit
        return switch (optimistic, pessimistic) {
        case (true, true): .lowerBound
        case (false, false): .upperBound
        default: .undecided
        }
    }

    /// The loss ratio for the Conditional Throughput (RFC 9971, appendix B): the quantile of the
    /// full-length trials at the exceed ratio. What is missing from the duration sum counts as
    /// lost.
    package var quantileLossRatio: Double {
        var remaining = max(target.durationSum, fullLow + fullHigh) * (1 - target.exceedRatio)
        for trial in fullLength.sorted(by: { $0.ratio < $1.ratio }) {
            remaining -= trial.seconds
            if remaining <= 0 { return trial.ratio }
        }
        return 1
    }
}
