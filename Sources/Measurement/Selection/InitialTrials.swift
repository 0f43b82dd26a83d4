/// The first trials of a search, for all goals: at the maximum load, then at the rate that returned
/// (FD.io CSIT, run_initial_trials). They give the selectors two loads to start from.
struct InitialTrials: Sendable {
    enum Step: Hashable, Sendable {
        case maximum(left: Int)
        case receiveRate(Int)
        case neighbor(Int, of: Int)
        /// Loads to start from.
        case done(Int, Int)
    }

    let duration: Duration
    private(set) var step: Step
    private let grid: LoadGrid
    private let placement: LoadPlacement
    /// Width of the coarsest target, in steps.
    private let width: Int
    /// The least loss ratio of all goals.
    private let lossRatio: Double

    init(_ targets: [[SearchTarget]], grid: LoadGrid, receiveRateTrials: Int) {
        self.grid = grid
        placement = LoadPlacement(last: grid.last)
        let first = targets.map { $0[0] }
        duration = first.map(\.trialDuration).max() ?? .zero
        width = first.map(\.width).max() ?? 1
        lossRatio = first.map(\.lossRatio).min() ?? 0
        step = .maximum(left: receiveRateTrials)
    }

    /// Index of the load to measure; `nil` when done.
    var load: Int? {
        switch step {
        case .maximum: grid.last
        case .receiveRate(let load), .neighbor(let load, _): load
        case .done: nil
        }
    }

    /// Chooses the next step after a valid trial.
    mutating func advance(_ database: TrialDatabase) {
        switch step {
        case .maximum(let left) where left > 1: step = .maximum(left: left - 1)
        case .maximum:
            let rate = returned(at: grid.last, database)
            let bounds = RelevantBounds(upper: grid.last)
            guard rate < grid.last, let load = placement.place(rate, width: width, bounds: bounds) else {
                step = .done(grid.last, grid.last)
                return
            }
            step = .receiveRate(load)
        case .receiveRate(let load):
            // With loss, the rate that returned this time; without, the next higher load.
            let isLossy = database.lossRatio(at: load) > lossRatio
            let next =
                isLossy
                ? placement.place(
                    returned(at: load, database), width: width, bounds: RelevantBounds(upper: load))
                : placement.place(
                    load + width, width: width, bounds: RelevantBounds(lower: load, upper: grid.last))
            step = next.map { .neighbor($0, of: load) } ?? .done(load, load)
        case .neighbor(let load, let other): step = .done(min(load, other), max(load, other))
        case .done: break
        }
    }

    /// The index of the rate that returned; it may have the least loss ratio of the goals again.
    private func returned(at load: Int, _ database: TrialDatabase) -> Int {
        let loss = database.lossRatio(at: load)
        return loss > 0 || lossRatio > 0
            ? grid.index(below: grid.exactLoad(at: load) * (1 - loss) / (1 - lossRatio)) : load
    }
}
