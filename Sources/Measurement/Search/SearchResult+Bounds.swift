extension SearchResult {
    /// Returns a goal's result from the trials so far; `ended` is why the search ended before the
    /// goal was reached.
    static func goal(
        _ goal: SearchGoal, target: SearchTarget, in database: TrialDatabase, grid: LoadGrid,
        ended: GoalResult.Irregularity?
    ) -> GoalResult {
        let bounds = database.bounds(for: target)
        var result = GoalResult(
            goal: goal, lowerBound: bounds.lower.map(grid.load), upperBound: bounds.upper.map(grid.load))
        if let lower = bounds.lower {
            let loss = database.totals(at: lower, for: target).quantileLossRatio
            result.conditionalThroughput = Double(grid.load(at: lower)) * (1 - loss)
        }
        result.irregularity =
            switch (bounds.lower, bounds.upper) {
            case (nil, 0?): .minimumLoadIsUpperBound
            case (grid.last?, nil): .maximumLoadIsLowerBound
            case (let lower?, let upper?) where upper - lower <= target.width: nil
            default: ended ?? .undecided
            }
        return result
    }
}
