package import Views

/// A stage of the chain while it starts or stops.
package struct StageProgress: Hashable, Sendable {
    /// Which one.
    package var stage: Stage
    /// Its units, by name.
    package var units: [UnitProgress]

    /// How far it is: what the unit is that is farthest behind.
    package var state: UnitProgress.State {
        let states = Set(units.map(\.state))
        let isPending = units.contains(where: \.isPending)
        if isPending { return states.isSubset(of: [.waiting, .unchanged]) ? .waiting : .running }
        return [.failed, .up, .stopped].first { states.contains($0) } ?? .unchanged
    }

    /// When its first unit began, in microseconds of `CLOCK_MONOTONIC`; `nil` if none has.
    package var begin: UInt64? { units.compactMap(\.begin).min() }

    /// Microseconds from when its first unit began until now, or until its last one was done; `nil`
    /// if none has begun.
    package func duration(at now: UInt64) -> UInt64? {
        guard let begin else { return nil }
        let isPending = units.contains(where: \.isPending)
        let end = isPending ? now : units.compactMap(\.end).max() ?? now
        return end >= begin ? end - begin : nil
    }

    /// The number of units that are done without a failure.
    package var finished: Int { units.count { !$0.isPending && $0.state != .failed } }
}
