package import JSON
package import Presentation

/// The units of the chain, stage by stage.
package struct ChainStatus: Hashable, Sendable {
    /// All of them.
    package var units: [UnitStatus]

    /// Of these units; within a stage they stay in their order.
    package init(_ units: [UnitStatus]) { self.units = units }

    /// Whether there is one and all are up.
    package var isUp: Bool { !units.isEmpty && units.allSatisfy(\.isUp) }

    private var stages: [(stage: Stage, units: [UnitStatus])] {
        let byStage = Dictionary(grouping: units) { Stage(of: $0.unit) }
        return Stage.allCases.compactMap { stage in byStage[stage].map { (stage, $0) } }
    }

    /// The text for people; `paint` sets pieces off.
    package func text(_ paint: (Emphasis, String) -> String = { $1 }) -> String {
        lines.map { $0.text(paint) + "\n" }.joined()
    }

    /// The same line by line.
    package var lines: [StyledLine] {
        let width = units.map(\.unit.utf8.count).max() ?? 0
        return stages.flatMap { stage, units in
            [StyledLine(stage.rawValue, .heading)] + units.flatMap { Self.lines($0, width) }
        }
    }

    private static func lines(_ unit: UnitStatus, _ width: Int) -> [StyledLine] {
        let emphasis: Emphasis = if unit.isUp { .good } else { unit.active == "failed" ? .bad : .waiting }
        var line = StyledLine("  \(unit.unit)" + String(repeating: " ", count: width + 2 - unit.unit.utf8.count))
        line.add("\(unit.active) (\(unit.sub))", emphasis)
        if let age = unit.age {
            line.add(" since \(unit.since.isEmpty ? "" : unit.since + "; ")\(relativeTime(microseconds: age))")
        }
        let detail = unit.isUp ? unit.text : unit.reason
        return [line] + (detail.isEmpty ? [] : [StyledLine("    \(detail)")])
    }

    /// For scripts.
    package var json: JSON {
        [
            "up": .bool(isUp),
            "units": .array(
                stages.flatMap { stage, units in
                    units.map { unit in
                        [
                            "stage": .string(stage.rawValue), "unit": .string(unit.unit), "up": .bool(unit.isUp),
                            "load": .string(unit.load),
                            "active": .string(unit.active), "sub": .string(unit.sub), "result": .string(unit.result),
                            "status_text": .string(unit.text),
                            "since": unit.since.isEmpty ? .null : .string(unit.since),
                            "age_microseconds": unit.age.map { .number($0) } ?? .null,
                            "journal": unit.journal.isEmpty ? .null : .string(unit.journal),
                        ]
                    }
                }),
        ]
    }
}
