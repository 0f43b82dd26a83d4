extension InitialTrials.Step {
    /// Why the trial is done.
    var reason: String {
        switch self {
        case .maximum: "maximum load, for the maximum receive rate"
        case .receiveRate: "rate that returned at the maximum load"
        case .neighbor(let load, let other) where load > other: "above a load without too much loss"
        case .neighbor: "rate that returned at the load before"
        case .done: "no trial"
        }
    }
}

extension Nomination {
    /// Returns why the trial is done: from which bounds the load follows.
    func reason(goal: String, bounds: RelevantBounds, grid: LoadGrid) -> String {
        func text(_ load: Int?) -> String { load.map { PacketRate(grid.load(at: $0)).text } ?? "none" }
        return switch method {
        case .halve: "\(goal): between the bounds of shorter trials"
        case .refineLower: "\(goal): confirms the lower bound of shorter trials"
        case .refineUpper: "\(goal): confirms the upper bound of shorter trials"
        case .extendDown: "\(goal): extends down from the upper bound \(text(bounds.upper))"
        case .extendUp: "\(goal): extends up from the lower bound \(text(bounds.lower))"
        case .bisect: "\(goal): between the bounds \(text(bounds.lower)) and \(text(bounds.upper))"
        }
    }
}
