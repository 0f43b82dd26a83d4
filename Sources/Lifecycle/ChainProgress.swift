package import SystemdBus
import Views

/// How far a start, stop or restart of the chain is: a value that systemd's signals change.
///
/// Signals that are older than the list of units are harmless, because systemd sends the later
/// ones, too.
package struct ChainProgress: Hashable, Sendable {
    /// What is done.
    package let verb: ChainVerb
    /// The target that stands for the chain.
    package let target: String
    /// When it began, in microseconds of `CLOCK_MONOTONIC`.
    package let begin: UInt64
    /// The units by stage, then by name.
    package private(set) var units: [UnitProgress] = []
    /// The names of units that failed since ``takeFailures()`` was called, in their order.
    private var failed: [String] = []
    /// The path of the target's job on the bus; `nil` when that has ended.
    private var job: String?
    private var indices: [String: Int] = [:]

    /// The units as they are once the target has its job.
    package init(_ verb: ChainVerb, target: String, job: String, units: [ServiceManager.Listed], begin: UInt64) {
        self.verb = verb
        self.target = target
        self.job = job
        self.begin = begin
        self.units = units.map(UnitProgress.init)
        order()
    }

    /// Whether a unit belongs to the chain: one of the list, or what such a unit brings with it.
    package func isOfChain(_ unit: String) -> Bool {
        if indices[unit] != nil { return true }
        if let dot = unit.lastIndex(of: "."), unit.hasSuffix(".socket") {
            return indices["\(unit[..<dot]).service"] != nil
        }
        return ["pvp-guest@", "pvp-image@", "pvp-domain@"].contains { unit.hasPrefix($0) }
    }

    /// Takes over a signal about a unit of the chain.
    package mutating func apply(_ signal: ManagerSignal) {
        switch signal {
        case .jobNew(let job, let unit): change(unit) { $0.jobNew(job) }
        case .jobRemoved(let job, let unit, let result):
            if job == self.job { self.job = nil }
            change(unit) { [verb] in $0.jobRemoved(job, result, verb) }
        case .unitChanged(let unit, let update):
            // Such as a guest's socket, which is of interest only if it has a job.
            guard indices[unit] != nil else { return }
            change(unit) { [begin] in $0.update(update, since: begin) }
        }
    }

    private mutating func change(_ unit: String, _ body: (inout UnitProgress) -> Void) {
        if indices[unit] == nil {
            units.append(UnitProgress(ServiceManager.Listed(name: unit, activeState: "inactive")))
            order()
        }
        guard let index = indices[unit] else { return }
        let wasFailed = units[index].failure != nil
        body(&units[index])
        if !wasFailed, units[index].failure != nil { failed.append(unit) }
    }

    private mutating func order() {
        let stages = Stage.allCases
        func key(_ unit: UnitProgress) -> (Int, String) { (stages.firstIndex(of: unit.stage) ?? 0, unit.unit) }
        units.sort { key($0) < key($1) }
        indices = units.indices.reduce(into: [:]) { $0[units[$1].unit] = $1 }
    }

    /// Returns the units that have failed since the last call, in the order in which they failed.
    /// Left out is what fails only because others did.
    package mutating func takeFailures() -> [UnitProgress] {
        defer { failed = [] }
        return failed.compactMap { indices[$0] }.map { units[$0] }.filter { $0.failure != nil && !isConsequence($0) }
    }

    /// Whether the unit stands for others, and one of these has failed.
    private func isConsequence(_ unit: UnitProgress) -> Bool {
        let sums = [target, "pvp-ready.service"]
        return sums.contains(unit.unit) && units.contains { $0.state == .failed && !sums.contains($0.unit) }
    }

    /// Whether no unit has a job any more.
    package var isIdle: Bool { job == nil && units.allSatisfy { $0.job == nil } }

    /// Whether nothing more is to come: no unit has a job, and after a stop each is inactive, or is
    /// known to stay active.
    package var isComplete: Bool {
        isIdle
            && (verb.endsActive
                || units.allSatisfy { $0.isInactive || $0.state == .failed && $0.properties.activeState == "active" })
    }

    /// Whether units of a stop stay active without a job. Units without a job that are on their way
    /// still end.
    package var isStuck: Bool {
        isIdle && !isComplete && units.allSatisfy { $0.isInactive || $0.properties.activeState == "active" }
    }

    /// Notes that units that are still active stay so.
    package mutating func giveUp() {
        for unit in units where !unit.isInactive { change(unit.unit) { $0.fail("still active") } }
    }

    /// The stages that have units, in their order.
    package var stages: [StageProgress] {
        var stages: [StageProgress] = []
        for unit in units {
            if stages.last?.stage == unit.stage {
                stages[stages.endIndex - 1].units.append(unit)
            } else {
                stages.append(StageProgress(stage: unit.stage, units: [unit]))
            }
        }
        return stages
    }
}
