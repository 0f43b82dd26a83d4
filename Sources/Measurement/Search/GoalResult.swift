/// The result for one goal (RFC 9971, "Goal Result"). Loads are in packets per second for each
/// interface.
package struct GoalResult: Hashable, Sendable {
    /// Why a result is irregular (RFC 9971, "Irregular Goal Result").
    package enum Irregularity: Hashable, Sendable {
        /// Also the minimum load does not fulfill the goal.
        case minimumLoadIsUpperBound
        /// Also the maximum load fulfills the goal.
        case maximumLoadIsLowerBound
        /// The time limit ended the search.
        case timeLimit(Duration)
        /// A trial was invalid at each repetition; with the first reason of the last one.
        case invalidTrials(TrialInput, String)
        /// Trials did not decide about any load, or about none near enough.
        case undecided
    }

    /// The goal.
    package var goal: SearchGoal
    /// Relevant Lower Bound.
    package var lowerBound: Int?
    /// Relevant Upper Bound.
    package var upperBound: Int?
    /// Conditional Throughput (RFC 9971, appendix B): what was forwarded at the lower bound.
    package var conditionalThroughput: Double?
    /// `nil` for a regular result: both bounds, not wider apart than the goal's width.
    package var irregularity: Irregularity?

    package init(
        goal: SearchGoal, lowerBound: Int?, upperBound: Int?, conditionalThroughput: Double? = nil,
        irregularity: Irregularity? = nil
    ) {
        self.goal = goal
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.conditionalThroughput = conditionalThroughput
        self.irregularity = irregularity
    }
}

extension GoalResult.Irregularity {
    /// The reason in one line, without a full stop.
    package var text: String {
        switch self {
        case .minimumLoadIsUpperBound: "the minimum load does not fulfill the goal"
        case .maximumLoadIsLowerBound: "the maximum load fulfills the goal"
        case .timeLimit(let limit): "the search reached its time limit of \(limit.shortText)"
        case .invalidTrials(let input, let reason): "each trial at \(input.text) was invalid: \(reason)"
        case .undecided: "the trials do not decide about the load"
        }
    }
}
