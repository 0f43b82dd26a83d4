package import JSON
package import Presentation
package import Units

/// What a daemon-reload would change, and which running units are not what the plan says: a pure
/// function of both trees and of what runs.
package struct UnitDifference: Hashable, Sendable {
    /// A running unit and how fresh it is.
    package struct Running: Hashable, Sendable {
        /// Its name.
        package var unit: String
        /// How fresh it is.
        package var configState: RunningUnit.ConfigState
    }

    /// Unit by unit.
    package var changes: [UnitChange]
    /// By name.
    package var running: [Running]

    /// Compares the present tree with the one that the generator would write now.
    package init(from present: UnitTree, to new: UnitTree, running units: [RunningUnit] = []) {
        let changes = UnitChange.changes(from: present, to: new)
        let byUnit = changes.reduce(into: [:]) { $0[$1.unit] = $1 }
        let planned = Set(new.members + new.files.keys.map(UnitTree.unit(of:)))
        self.changes = changes
        running = units.sorted { $0.name < $1.name }.map { unit in
            Running(unit: unit.name, configState: unit.configState(present: present, changes: byUnit, planned: planned))
        }
    }

    /// Whether nothing changes and all that runs is current.
    package var isEmpty: Bool { changes.isEmpty && running.allSatisfy { $0.configState == .current } }

    /// The text for people; `paint` sets pieces off.
    package func text(_ paint: (Emphasis, String) -> String = { $1 }) -> String {
        var text = ""
        for change in changes {
            for part in change.parts {
                text += paint(.heading, "\(change.unit): \(part.kind.rawValue) \(part.name)") + "\n"
                for line in part.lines {
                    text += paint(line.isNew ? .good : .bad, (line.isNew ? "  + " : "  - ") + line.text) + "\n"
                }
            }
        }
        if text.isEmpty { text = "daemon-reload would change nothing\n" }
        if running.isEmpty { return text }
        text += "\n"
        let width = running.map(\.unit.utf8.count).max() ?? 0
        for unit in running {
            let commands = unit.configState.commands(for: unit.unit).joined(separator: ", then ")
            let state = unit.configState.rawValue
            let pad = String(repeating: " ", count: width + 2 - unit.unit.utf8.count)
            let gap = commands.isEmpty ? "" : String(repeating: " ", count: 10 - state.utf8.count)
            text += paint(.heading, unit.unit) + pad + state + gap + commands + "\n"
        }
        return text
    }

    /// For scripts.
    package var json: JSON {
        [
            "changes": .array(
                changes.map { change in
                    ["unit": .string(change.unit), "parts": .array(change.parts.map(Self.json))]
                }),
            "running": .array(
                running.map { unit in
                    [
                        "unit": .string(unit.unit), "state": .string(unit.configState.rawValue),
                        "commands": .array(unit.configState.commands(for: unit.unit).map { .string($0) }),
                    ]
                }),
        ]
    }

    private static func json(_ part: UnitChange.Part) -> JSON {
        [
            "name": .string(part.name), "kind": .string(part.kind.rawValue),
            "removed": .array(part.lines.filter { !$0.isNew }.map { .string($0.text) }),
            "added": .array(part.lines.filter(\.isNew).map { .string($0.text) }),
        ]
    }
}
