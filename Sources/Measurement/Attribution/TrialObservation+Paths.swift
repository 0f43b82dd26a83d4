extension TrialObservation {
    /// The frames at each hop in the trial, for each direction; empty if the chain has no counters,
    /// `nil` if there are counters for only a part of the directions or hops.
    var paths: [Result<[HopFrames], CounterReset>]? {
        if before.paths.isEmpty && after.paths.isEmpty { return [] }
        guard before.paths.count == directions.count, after.paths.count == directions.count else { return nil }
        var paths: [Result<[HopFrames], CounterReset>] = []
        for (index, direction) in directions.enumerated() {
            let (first, second) = (before.paths[index], after.paths[index])
            guard !first.isEmpty, first.count == second.count else { return nil }
            // Frames of others are counted too; twice as many is beyond any limit.
            let most = 2 * max(1000, direction.sent)
            do throws(CounterReset) {
                var hops: [HopFrames] = []
                for (before, after) in zip(first, second) {
                    try hops.append(HopFrames(from: before, to: after, most: most))
                }
                paths.append(.success(hops))
            } catch {
                paths.append(.failure(error))
            }
        }
        return paths
    }

    /// Where the trial's frames were lost, all directions together; `nil` if counters are missing
    /// or were reset.
    package var attribution: LossAttribution? {
        guard let paths, !paths.isEmpty else { return nil }
        var sum = LossAttribution()
        for (direction, path) in zip(directions, paths) {
            guard case .success(let hops) = path else { return nil }
            sum.add(LossAttribution(direction, hops: hops))
        }
        return sum
    }
}
