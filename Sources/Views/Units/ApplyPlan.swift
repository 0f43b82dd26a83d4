package import JSON
package import SystemdBus
package import Units

/// What brings the running units to the plan: a pure function of what differs and what runs.
///
/// Units are stopped before the daemon-reload, because only until then systemd knows how: an
/// orphan's file is gone afterwards, and hugepages of another size would be released as those of
/// the new one. systemd orders the units of one command by their `After=`.
///
/// A guest is restarted last, in one job, in which pvp-guest keeps its domain if the XML is the
/// same. If what the guest holds is stopped, the guest is stopped with it.
package struct ApplyPlan: Hashable, Sendable {
    /// No longer in the plan.
    package var orphans: [String]
    /// Stopped and started again.
    package var restarted: [String]
    /// Guests that are restarted in one job.
    package var renewed: [String]
    /// Started afterwards: what ran before, and what is new if the target is up.
    package var started: [String]
    /// Whether files change.
    package var isReloaded: Bool

    /// From what a daemon-reload changes and what runs; `new` is the tree after it.
    package init(_ difference: UnitDifference, from present: UnitTree, to new: UnitTree, isTargetUp: Bool) {
        let running = difference.running
        orphans = running.filter { $0.configState == .orphan }.map(\.unit)
        let old = running.filter { [.stale, .outdated, .replaced].contains($0.configState) }.map(\.unit)
        let stopped = orphans + old
        renewed = old.filter { unit in
            RunningUnit.isGuest(unit) && !stopped.contains { RunningUnit.isHeld($0, by: unit) }
        }
        restarted = old.filter { [renewed] in !renewed.contains($0) }
        isReloaded = !difference.changes.isEmpty
        let kept = Set(running.map(\.unit)).subtracting(orphans)
        let known = Set(present.members)
        let added = isTargetUp ? new.members.filter { !known.contains($0) } : []
        // Those that a boot starts by themselves.
        let sockets = new.links.keys.filter { $0.hasPrefix("sockets.target.wants/") && present.links[$0] == nil }
            .sorted()
        let alone = sockets.map { String($0.dropFirst("sockets.target.wants/".utf8.count)) }
        let again = restarted.filter { $0.hasSuffix(".socket") && !new.members.contains($0) && !alone.contains($0) }
        let isQuiet = orphans.isEmpty && restarted.isEmpty && added.isEmpty
        started = (isQuiet ? [] : new.members.filter { kept.contains($0) || added.contains($0) }) + again + alone
    }

    /// What happens to each unit that is not current, for people.
    package func text(of difference: UnitDifference) -> String {
        let units = difference.running.filter { $0.configState != .current }.map { unit in
            let detail = renewed.contains(unit.unit) ? "; the guest goes on if its domain is the same" : ""
            return "\(unit.unit): \(unit.configState.rawValue), to be \(Self.next(for: unit))\(detail)\n"
        }
        return units.joined() + (actions.isEmpty ? "what runs is what the configuration says\n" : "")
    }

    /// The same for `--json`.
    package func json(of difference: UnitDifference) -> JSON {
        let units = difference.running.filter { $0.configState != .current }.map { unit in
            [
                "unit": .string(unit.unit), "state": .string(unit.configState.rawValue),
                "next": .string(Self.next(for: unit)),
            ] as JSON
        }
        return ["running": .array(units)]
    }

    private static func next(for unit: UnitDifference.Running) -> String {
        unit.configState == .orphan ? "stopped" : "restarted"
    }

    /// In their order.
    package var actions: [UnitAction] {
        func each(_ units: [String], _ action: ([String]) -> UnitAction) -> [UnitAction] {
            units.isEmpty ? [] : [action(units)]
        }
        return each(orphans) { .stop($0) } + each(restarted) { .stop($0) } + (isReloaded ? [.reload] : [])
            + each(started) { .start($0) } + each(renewed) { .restart($0) }
    }
}
