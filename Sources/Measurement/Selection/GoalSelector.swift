/// Chooses loads for one goal, through its targets from the coarsest on. The methods and their
/// order are those that FD.io CSIT describes for MLRsearch; RFC 9971 leaves the choice free.
struct GoalSelector: Sendable {
    let placement: LoadPlacement
    let targets: [SearchTarget]
    private(set) var stage = 0
    /// Bounds of the target before, or loads of the initial trials.
    private(set) var initial: RelevantBounds
    var expander: WidthExpander
    /// Relevant bounds of the current target.
    private(set) var bounds = RelevantBounds()
    /// The result of the trial that was nominated last that widens the step.
    var expandsOn: LoadClass?

    /// Starts from two loads of initial trials.
    init(targets: [SearchTarget], from lower: Int, to upper: Int, placement: LoadPlacement) {
        self.targets = targets
        self.placement = placement
        initial = RelevantBounds(lower: lower, upper: upper)
        expander = WidthExpander(target: targets[0].width, lower: lower, upper: upper, last: placement.last)
    }

    var target: SearchTarget { targets[stage] }

    /// Returns the next trial for the goal, or `nil` if the goal is reached or cannot be. `shared`
    /// is the least step of a search for a missing bound that all goals share.
    mutating func nominate(from database: TrialDatabase, shared: Int) -> Nomination? {
        bounds = database.bounds(for: target)
        expandsOn = nil
        while true {
            if let nomination = nomination(shared: shared) { return nomination }
            guard stage + 1 < targets.count else { return nil }
            stage += 1
            initial = bounds
            bounds = database.bounds(for: target)
            expander = WidthExpander(
                target: target.width, lower: initial.lower, upper: initial.upper, last: placement.last)
        }
    }

    /// Widens the step if the nominated trial did not find the bound. Returns whether it did so.
    mutating func finish(_ nomination: Nomination, with database: TrialDatabase) -> Bool {
        bounds = database.bounds(for: target)
        let isBound =
            switch expandsOn {
            case .lowerBound: bounds.lower == nomination.load
            case .upperBound: bounds.upper == nomination.load
            case .undecided, nil: false
            }
        if isBound { expander.expand() }
        return isBound
    }

    func isWorth(_ load: Int) -> Bool { bounds.isWorth(load, width: target.width) }
}
