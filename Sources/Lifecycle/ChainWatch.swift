package import SystemdBus
package import Views

/// The state of the units of the chain: a value that systemd's signals change.
package struct ChainWatch: Hashable, Sendable {
    /// The state of all units together.
    package enum Verdict: Hashable, Sendable {
        /// All are up.
        case up
        /// One has failed, and no job will change that.
        case failed
        /// Neither is so yet.
        case pending
    }

    private var units: [UnitProperties]
    /// The units that have a job, with its path on the bus.
    private var jobs: [String: String]

    /// The units, in their order, and the jobs of some.
    package init(_ units: [UnitProperties], jobs: [ServiceManager.Listed]) {
        self.units = units
        self.jobs = jobs.reduce(into: [:]) { $0[$1.name] = $1.job }
    }

    /// Whether it is one of the units.
    package func contains(_ unit: String) -> Bool { units.contains { $0.id == unit } }

    /// Takes over a signal.
    package mutating func apply(_ signal: ManagerSignal) {
        switch signal {
        case .jobNew(let job, let unit): jobs[unit] = job
        case .jobRemoved(let job, let unit, _): if jobs[unit] == job { jobs[unit] = nil }
        case .unitChanged(let unit, let update):
            guard let index = units.firstIndex(where: { $0.id == unit }) else { return }
            update.apply(to: &units[index])
        }
    }

    /// The state of all units together.
    package var verdict: Verdict {
        if !units.isEmpty, units.allSatisfy({ $0.activeState == "active" }) { return .up }
        return units.contains { $0.activeState == "failed" && jobs[$0.id] == nil } ? .failed : .pending
    }

    /// The same as `pvpgen status` shows it, at a time in microseconds of `CLOCK_MONOTONIC`.
    package func status(at now: UInt64) -> ChainStatus { ChainStatus(units.map { UnitStatus($0, now: now) }) }
}
