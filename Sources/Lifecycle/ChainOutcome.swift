package import Diagnostics
package import Views

/// How a start, stop or restart of the chain ended.
package struct ChainOutcome: Hashable, Sendable {
    /// What became of a unit.
    package struct Unit: Hashable, Sendable {
        /// The name.
        package var unit: String
        /// `up`, `stopped`, `failed`, `unchanged`; `waiting` and `running` if the user detached.
        package var result: UnitProgress.State
        /// How long it took; `nil` if it did nothing, or was not done.
        package var milliseconds: Int?
        /// Why it failed; `nil` if it did not.
        package var problem: Problem?
    }

    /// What became of a stage.
    package struct Stage: Hashable, Sendable {
        /// Which one.
        package var stage: Views.Stage
        /// The same words as for units.
        package var result: UnitProgress.State
        /// From the beginning of its first unit to the end of its last; `nil` if it did nothing.
        package var milliseconds: Int?
        /// Its units, by name.
        package var units: [Unit]
    }

    /// What was done.
    package var verb: ChainVerb
    /// In the order of the chain.
    package var stages: [Stage]
    /// How long all of it took.
    package var milliseconds: Int
    /// The signal after which the program no longer waits; `nil` if it waited until the end.
    package var signal: Int32?

    /// The outcome at a time in microseconds of `CLOCK_MONOTONIC`.
    package init(_ progress: ChainProgress, at now: UInt64, signal: Int32? = nil) {
        verb = progress.verb
        milliseconds = Int(clamping: now - min(now, progress.begin)) / 1000
        self.signal = signal
        stages = progress.stages.map { stage in
            Stage(
                stage: stage.stage, result: stage.state,
                milliseconds: stage.duration(at: now).map { Int(clamping: $0 / 1000) },
                units: stage.units.map { unit in
                    Unit(
                        unit: unit.unit, result: unit.state,
                        milliseconds: unit.duration.map { Int(clamping: $0 / 1000) }, problem: unit.problem)
                })
        }
    }

    /// What failed, in the order of the chain.
    package var problems: [Problem] { stages.flatMap(\.units).compactMap(\.problem) }

    /// 0 on success, 1 if a unit failed, 128 and the number of the signal if the user detached.
    package var exitStatus: Int32 { signal.map { 128 + $0 } ?? (problems.isEmpty ? 0 : 1) }
}

extension UnitProgress {
    /// The problem of a unit that failed.
    package var problem: Problem? {
        failure.map { reason in
            let name = unit.hasSuffix(".service") ? String(unit.dropLast(".service".count)) : unit
            return Problem(
                .jobFailed, "\(stage.rawValue): \(unit): \(reason)",
                remedy: "run 'pvpgen log \(name)' for its journal, then correct the cause and run 'pvpgen start'")
        }
    }
}
