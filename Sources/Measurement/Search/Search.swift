/// A search for the highest loads that fulfill goals, all in one pass (MLRsearch, RFC 9971). The
/// state is the list of trials alone: the same goals, limits and trials plan the same next trial.
package struct Search: Sendable {
    package let goals: [SearchGoal]
    package let limits: SearchLimits
    /// All trials so far, with the invalid ones.
    package private(set) var trials: [Trial] = []
    /// What to do next.
    package private(set) var step: SearchStep

    private let grid: LoadGrid
    private let targets: [[SearchTarget]]
    private var database = TrialDatabase()
    private var initial: InitialTrials
    private var selectors: [GoalSelector] = []
    /// The least step of a search for a missing bound, in steps of the grid, for all goals.
    private var sharedStep = 0
    /// Of the planned trial: the goal and what it asked for.
    private var winner: (goal: Int, nomination: Nomination)?
    /// Invalid trials since the last valid one.
    private var invalid = 0
    private var elapsed = Duration.zero

    /// Starts a search, or resumes one from its trials.
    /// - Throws: `SearchError` if goals or limits are invalid, or if a trial is not the one that
    ///   the search plans at its place in the list.
    package init(_ goals: [SearchGoal], limits: SearchLimits, trials: [Trial] = []) throws(SearchError) {
        if goals.isEmpty { throw .noGoals }
        for (index, goal) in goals.enumerated() where goals[..<index].contains(where: { $0.name == goal.name }) {
            throw .duplicateGoal(goal.name)
        }
        let grid = try LoadGrid(limits, widths: goals.map(\.width))
        self.goals = goals
        self.limits = limits
        self.grid = grid
        targets = goals.map { SearchTarget.chain($0, width: grid.steps(of: $0.width)) }
        initial = InitialTrials(targets, grid: grid, receiveRateTrials: limits.receiveRateTrials)
        step = .done(SearchResult(goals: [], maximumReceiveRate: nil))
        plan()
        for trial in trials { try record(trial) }
    }

    /// Adds the trial that was planned, and plans the next one.
    /// - Throws: `SearchError.unexpectedTrial` if the trial is another one; the search is
    ///   unchanged.
    package mutating func record(_ trial: Trial) throws(SearchError) {
        guard case .trial(let planned) = step, planned.input == trial.input else {
            let expected: TrialInput? = if case .trial(let planned) = step { planned.input } else { nil }
            throw .unexpectedTrial(trials.count + 1, expected: expected, found: trial.input)
        }
        trials.append(trial)
        elapsed += trial.elapsed
        switch trial.verdict {
        case .invalid(let reasons):
            invalid += 1
            repeatTrial(planned, reasons.first?.text ?? "no reason")
        case .valid(let loss):
            invalid = 0
            accept(
                RecordedTrial(
                    seconds: trial.input.duration.seconds, effective: trial.effectiveDuration.seconds,
                    lossRatio: loss.ratio))
            plan()
        }
    }

    /// Adds a valid trial to the database and informs the part that asked for it.
    private mutating func accept(_ trial: RecordedTrial) {
        if let load = initial.load {
            database.add(trial, at: load)
            initial.advance(database)
            guard case .done(let lower, let upper) = initial.step else { return }
            sharedStep = upper - lower
            selectors = targets.map {
                GoalSelector(targets: $0, from: lower, to: upper, placement: LoadPlacement(last: grid.last))
            }
        } else if let winner {
            database.add(trial, at: winner.nomination.load)
            sharedStep = winner.nomination.width
            if selectors[winner.goal].finish(winner.nomination, with: database) {
                sharedStep = selectors[winner.goal].expander.next
            }
        }
    }

    private mutating func plan() {
        if let load = initial.load {
            planned(load, initial.duration, goal: nil, initial.step.reason)
            return
        }
        winner = nil
        for index in selectors.indices {
            guard let nomination = selectors[index].nominate(from: database, shared: sharedStep) else { continue }
            if let best = winner?.nomination, !nomination.precedes(best) { continue }
            winner = (index, nomination)
        }
        guard let winner else {
            step = .done(result())
            return
        }
        let nomination = winner.nomination
        let name = goals[winner.goal].name
        let reason = nomination.reason(goal: name, bounds: selectors[winner.goal].bounds, grid: grid)
        planned(nomination.load, nomination.duration, goal: name, reason)
    }

    private mutating func planned(_ load: Int, _ duration: Duration, goal: String?, _ reason: String) {
        if let limit = limits.timeLimit, elapsed >= limit {
            step = .done(result(ended: .timeLimit(limit)))
            return
        }
        let input = TrialInput(load: grid.load(at: load), duration: duration)
        step = .trial(PlannedTrial(input: input, goal: goal, reason: reason))
    }

    /// Plans a trial again after an invalid one, up to the limit.
    private mutating func repeatTrial(_ trial: PlannedTrial, _ reason: String) {
        if invalid > limits.repetitions {
            step = .done(result(ended: .invalidTrials(trial.input, reason)))
        } else if let limit = limits.timeLimit, elapsed >= limit {
            step = .done(result(ended: .timeLimit(limit)))
        } else {
            let again = "repeated, because the last trial was invalid: \(reason)"
            step = .trial(PlannedTrial(input: trial.input, goal: trial.goal, reason: again))
        }
    }

    /// The results so far: a search that was interrupted has them too.
    package func result(ended: GoalResult.Irregularity? = nil) -> SearchResult {
        let results = goals.indices.map { index in
            SearchResult.goal(
                goals[index], target: targets[index][targets[index].count - 1], in: database, grid: grid, ended: ended)
        }
        let first = TrialInput(load: grid.load(at: grid.last), duration: initial.duration)
        return SearchResult(goals: results, maximumReceiveRate: MaximumReceiveRate(trials, at: first))
    }
}
