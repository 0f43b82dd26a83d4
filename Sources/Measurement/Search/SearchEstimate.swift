extension Search {
    /// An estimate of the time until the search is done, without waiting times; `nil` if it is.
    package var remaining: Duration? {
        guard case .trial = step else { return nil }
        return result().goals.reduce(Duration.zero) { $0 + Self.remaining($1) }
    }

    /// The trials that halve the gap between the bounds down to the goal's width, and those that
    /// confirm both bounds.
    private static func remaining(_ result: GoalResult) -> Duration {
        if result.irregularity == nil { return .zero }
        let goal = result.goal
        var halvings = (1 / goal.width).binaryLogarithm
        if let lower = result.lowerBound, let upper = result.upperBound, upper > lower {
            halvings = (Double(upper - lower) / (goal.width * Double(upper))).binaryLogarithm
        }
        let confirmation = goal.durationSum.seconds * (1 - goal.exceedRatio)
        let seconds = max(0, halvings).rounded(.up) * goal.initialTrialDuration.seconds + 2 * confirmation
        return .milliseconds(Int(seconds * 1000))
    }
}

extension Double {
    /// To a whole number: enough for an estimate.
    fileprivate var binaryLogarithm: Double { self > 0 ? Double(exponent) + (significand > 1 ? 1 : 0) : 0 }
}
