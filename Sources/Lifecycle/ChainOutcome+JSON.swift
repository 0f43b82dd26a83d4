import Diagnostics
package import JSON
import Views

extension ChainOutcome {
    /// Whether a unit was started or stopped.
    package var hasChanged: Bool { stages.flatMap(\.units).contains { $0.result != .unchanged } }

    /// For `--json`.
    package var json: JSON {
        [
            "verb": .string(verb.rawValue), "detached": .bool(signal != nil), "milliseconds": .number(milliseconds),
            "stages": .array(
                stages.map { stage in
                    [
                        "stage": .string(stage.stage.rawValue), "result": .string(stage.result.rawValue),
                        "milliseconds": stage.milliseconds.map { .number($0) } ?? .null,
                        "units": .array(stage.units.map(\.json)),
                    ]
                }),
        ]
    }
}

extension ChainOutcome.Unit {
    fileprivate var json: JSON {
        [
            "unit": .string(unit), "result": .string(result.rawValue),
            "milliseconds": milliseconds.map { .number($0) } ?? .null,
            "reason": problem.map { .string($0.message) } ?? .null,
        ]
    }
}
