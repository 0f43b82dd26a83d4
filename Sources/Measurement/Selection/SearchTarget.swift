/// A goal, or a coarser form of it that the search reaches first.
struct SearchTarget: Hashable, Sendable {
    let lossRatio: Double
    let exceedRatio: Double
    /// Steps of the grid.
    let width: Int
    /// Duration of the trials; an intended duration of at least this is full-length.
    let trialDuration: Duration
    /// The same in seconds.
    let trialSeconds: Double
    /// Seconds.
    let durationSum: Double

    /// The goal itself, with its width in steps of the grid.
    init(_ goal: SearchGoal, width: Int) {
        self.init(goal, width: width, durationSum: goal.durationSum)
    }

    private init(_ goal: SearchGoal, width: Int, durationSum: Duration) {
        lossRatio = goal.lossRatio
        exceedRatio = goal.exceedRatio
        self.width = width
        trialDuration = min(goal.finalTrialDuration, durationSum)
        trialSeconds = trialDuration.seconds
        self.durationSum = durationSum.seconds
    }

    /// Returns a goal's targets, the coarsest first: four times and twice the width, with duration
    /// sums in one ratio from the initial trial duration on (FD.io CSIT, target_scaling). Durations
    /// are whole milliseconds, so that a stored trial has exactly the planned one.
    static func chain(_ goal: SearchGoal, width: Int) -> [SearchTarget] {
        let initial = goal.initialTrialDuration
        let between = (initial.seconds * goal.durationSum.seconds).squareRoot()
        return [
            SearchTarget(goal, width: 4 * width, durationSum: initial),
            SearchTarget(
                goal, width: 2 * width,
                durationSum: max(initial, .milliseconds(Int((between * 1000).rounded(.down))))),
            SearchTarget(goal, width: width),
        ]
    }
}
