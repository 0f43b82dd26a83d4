/// The valid trials by load.
struct TrialDatabase: Hashable, Sendable {
    /// Sorted by index.
    private var loads: [Load] = []

    private struct Load: Hashable, Sendable {
        var index: Int
        var trials: [RecordedTrial]
    }

    mutating func add(_ trial: RecordedTrial, at index: Int) {
        let place = loads.firstIndex { $0.index >= index } ?? loads.count
        if place < loads.count, loads[place].index == index {
            loads[place].trials.append(trial)
        } else {
            loads.insert(Load(index: index, trials: [trial]), at: place)
        }
    }

    /// Returns the trials at a load for a target.
    func totals(at index: Int, for target: SearchTarget) -> TrialTotals {
        loads.first { $0.index == index }.map { Self.totals($0, target) } ?? TrialTotals(target)
    }

    /// Returns the loss ratio over all trials at a load; 0 without trials.
    func lossRatio(at index: Int) -> Double {
        guard let trials = loads.first(where: { $0.index == index })?.trials else { return 0 }
        return trials.reduce(0) { $0 + $1.lossRatio } / Double(trials.count)
    }

    /// Returns the Relevant Bounds (RFC 9971): the lowest load that is an upper bound, and the
    /// highest lower bound below that one.
    func bounds(for target: SearchTarget) -> RelevantBounds {
        var bounds = RelevantBounds()
        for load in loads {
            switch Self.totals(load, target).loadClass {
            case .lowerBound: bounds.lower = load.index
            case .upperBound:
                bounds.upper = load.index
                return bounds
            case .undecided: continue
            }
        }
        return bounds
    }

    private static func totals(_ load: Load, _ target: SearchTarget) -> TrialTotals {
        load.trials.reduce(into: TrialTotals(target)) { $0.add($1) }
    }
}
