package import Diagnostics
import HostTopology
package import Linux
package import Tuning
import Values

/// Changes a machine as a tuning says, and restores it: a claim of all the values that are changed.
package struct Tuner: Sendable {
    let machine: Machine
    let slices: (any SliceControl)?

    /// Works on a machine; one that is a tree of files has no slices unless `slices` says
    /// otherwise.
    package init(_ machine: Machine, slices: (any SliceControl)? = nil) {
        self.machine = machine
        let own: (any SliceControl)? = machine.root.prefix.isEmpty ? SystemdSlices() : nil
        self.slices = slices ?? own
    }

    /// Changes what is not yet as it should be, of interrupts only these if any are given. What
    /// cannot be changed is reported, and stops nothing. Throws `state-unreadable`,
    /// `state-unwritable`.
    package func apply(_ tuning: Tuning, interrupts: Set<Int>? = nil) throws(Problem) -> [JournalLine] {
        var claim = try Claim(Self.claim, on: machine.root)
        let before = claim.record
        let state = TuningState(reading: machine.root, for: tuning, slices: slices, interrupts: interrupts)
        let plan = TuningPlan(tuning, on: state)
        var record = before
        for change in plan.changes {
            if let name = change.place.slice, !record.entries.contains(where: { $0.place == change.place.description })
            {
                record.add(dropIn(of: name))
            }
            record.add(.init(change))
        }
        try rememberSiblings(plan.changes)
        if record != before { try claim.hold(record) }
        var failures: [TuningItem: [(change: TuningChange, reason: String)]] = [:]
        for change in plan.changes {
            let reason = set(change.place, change.new)
            // irqbalance takes up to 10 s.
            let found = reason == nil && change.place != .irqBalance ? value(change.place) : nil
            if let reason = reason ?? (found == change.old ? "the kernel keeps \(change.old)" : nil) {
                failures[change.item, default: []].append((change, reason))
                record.withdraw(change.place.description, for: before)
                if let name = change.place.slice { record.withdraw(dropIn(of: name).place, for: before) }
            } else if let found {
                record.correct(change.place.description, to: found)
            }
        }
        if record.entries.isEmpty { try claim.forget() } else { try claim.hold(record) }
        try remember(refused: failures.values.flatMap { $0.map(\.change.place) })
        return TuningItem.allCases.filter { tuning.items.contains($0) }.flatMap { item in
            let failed = failures[item, default: []]
            let done = plan.changes.filter { change in change.item == item && !failed.contains { $0.change == change } }
            return Self.lines(item, plan, done: done, failed: failed, state)
        }
    }

    /// Restores what `apply` changed. What another process has changed since is left as it is, and
    /// reported. Throws `tuning-not-restored` for what could not be restored; it stays in the
    /// record.
    package func restore() throws(Problem) -> [JournalLine] {
        try StateFile(machine.root, Self.refusals).forget()
        var claim = try Claim(Self.claim, on: machine.root)
        guard claim.isHeld else { return [JournalLine("nothing was changed, nothing to restore")] }
        var notes: [JournalLine] = []
        // Slices whose drop-in is not the claim's to remove.
        var kept: Set<String> = []
        let released = try claim.release { entry in
            if let slice = SystemdSlice(dropIn: entry.place) { return slice.hasDropIn(in: machine.root) ? "yes" : "no" }
            guard let place = Tunable(entry.place) else { return nil }
            let now = value(place)
            if let name = place.slice, let now, entry.release(from: now) == .leave { kept.insert(name) }
            // irqbalance is by its own settings again only when it is asked, and takes up to 10 s
            // to show what it was asked.
            return place == .irqBalance && now == entry.before ? entry.set : now
        } restore: { entry, value in
            if let slice = SystemdSlice(dropIn: entry.place) {
                return kept.contains(slice.name) ? nil : slice.removeDropIn(in: machine.root)
            }
            guard let place = Tunable(entry.place) else { return "unknown" }
            guard let name = place.slice else { return set(place, value, isRestoring: true) }
            let result = restore(SystemdSlice(name), to: value)
            if let note = result.note {
                kept.insert(name)
                notes.append(note)
            }
            return result.reason
        }
        let foreign = Dictionary(grouping: released.foreign) { $0.entry.kind }.sorted {
            Self.order($0.key) < Self.order($1.key)
        }
        var lines = foreign.map { kind, entries in
            let reports = Self.some(entries.map { $0.entry.report(of: $0.now) })
            return JournalLine("\(kind): \(reports): another process has changed it, leaving it", isWarning: true)
        }
        let count = released.restored.filter { SystemdSlice(dropIn: $0.place) == nil }.count
        lines += notes + [JournalLine("\(count) value\(count == 1 ? "" : "s") restored")]
        guard released.failures.isEmpty else {
            throw Problem(
                .tuningNotRestored,
                "\(released.failures.count) values could not be restored: \(Self.some(released.failures.map { "\($0.entry.place): \($0.reason)" }))",
                remedy: "run 'pvp-host untune' as root, with /proc and /sys writable")
        }
        try StateFile(machine.root, OfflineSiblings.state).forget()
        return lines
    }

    private static let claim = "tuning"

    private static func order(_ kind: String) -> UInt8 { TuningItem(kind)?.rawValue ?? .max }

    private func dropIn(of slice: String) -> ClaimRecord.Entry {
        let slice = SystemdSlice(slice)
        return .init(
            TuningItem.slices.name, at: slice.dropIn, before: slice.hasDropIn(in: machine.root) ? "yes" : "no",
            set: "yes")
    }

    private static let refusals = "tuning-refused"

    /// What the kernel did not let be changed, such as interrupts that it manages itself.
    package static func refused(in root: Root) -> Set<Tunable> {
        let lines = ((try? root.text("\(Claim.directory)/\(refusals)")) ?? "").split(separator: "\n")
        return Set(lines.compactMap { Tunable(String($0)) })
    }

    private func remember(refused places: [Tunable]) throws(Problem) {
        let before = Self.refused(in: machine.root)
        let after = before.union(places)
        if after != before {
            try StateFile(machine.root, Self.refusals).keep(after.map(\.description).sorted().joined(separator: "\n"))
        }
    }

    /// A plan must contain a CPU that is offline, and the kernel does not report its node.
    private func rememberSiblings(_ changes: [TuningChange]) throws(Problem) {
        let offline = changes.filter { $0.item == .siblings }.compactMap(\.place.cpu)
        if offline.isEmpty { return }
        var siblings = OfflineSiblings(in: machine.root)
        for cpu in offline {
            let path = "/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"
            let threads = (try? machine.root.text(path)).flatMap { CPUSet($0) } ?? CPUSet()
            siblings.threads[cpu] = threads.subtracting(CPUSet(offline)).first
        }
        try StateFile(machine.root, OfflineSiblings.state).keep(siblings.text)
    }
}

extension ClaimRecord.Entry {
    init(_ change: TuningChange) {
        self.init(change.item.name, at: change.place.description, before: change.old, set: change.new)
    }
}
