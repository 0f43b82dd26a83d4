package import Diagnostics
import HostTopology
package import Linux
package import Tuning
import Values

/// Changes a machine as a tuning says, and restores it: a claim of all the values that are changed.
package struct Tuner {
    let host: HostFilesystem
    let slices: (any SliceControl)?

    /// Works on a machine; one that is a tree of files has no slices unless `slices` says
    /// otherwise.
    package init(_ host: HostFilesystem, slices: (any SliceControl)? = nil) {
        self.host = host
        let own: (any SliceControl)? = host.root.prefix.isEmpty ? SystemdSlices() : nil
        self.slices = slices ?? own
    }

    /// Changes what is not yet as it should be, of interrupts only these if any are given. What
    /// cannot be changed is reported, and stops nothing. Throws `state-unreadable`,
    /// `state-unwritable`.
    package func apply(_ tuning: Tuning, interrupts: Set<Int>? = nil) throws(Problem) -> [JournalLine] {
        var claim = try Claim(Self.claim, on: host.root)
        let before = claim.record
        let state = TuningState(reading: host.root, for: tuning, slices: slices, interrupts: interrupts)
        let plan = TuningPlan(tuning, on: state)
        var record = before
        for change in plan.changes {
            if let name = change.tunable.slice,
                !record.entries.contains(where: { $0.target == change.tunable.description })
            {
                record.add(dropIn(of: name))
            }
            record.add(.init(change))
        }
        try rememberSiblings(plan.changes)
        if record != before { try claim.hold(record) }
        var failures: [TuningItem: [(change: TuningChange, reason: String)]] = [:]
        for change in plan.changes {
            let reason = set(change.tunable, change.new)
            // irqbalance takes up to 10 s.
            let found = reason == nil && change.tunable != .irqBalance ? value(change.tunable) : nil
            if let reason = reason ?? (found == change.old ? "the kernel keeps \(change.old)" : nil) {
                failures[change.item, default: []].append((change, reason))
                record.withdraw(change.tunable.description, for: before)
                if let name = change.tunable.slice { record.withdraw(dropIn(of: name).target, for: before) }
            } else if let found {
                record.correct(change.tunable.description, to: found)
            }
        }
        if record.entries.isEmpty { try claim.forget() } else { try claim.hold(record) }
        try remember(refused: failures.values.flatMap { $0.map(\.change.tunable) })
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
        try StateFile(host.root, Self.refusals).forget()
        var claim = try Claim(Self.claim, on: host.root)
        guard claim.isHeld else { return [JournalLine("nothing was changed, nothing to restore")] }
        var notes: [JournalLine] = []
        // Slices whose drop-in is not the claim's to remove.
        var kept: Set<String> = []
        let released = try claim.release { entry in
            if let slice = SystemdSlice(dropIn: entry.target) { return slice.hasDropIn(in: host.root) ? "yes" : "no" }
            guard let tunable = Tunable(entry.target) else { return nil }
            let now = value(tunable)
            if let name = tunable.slice, let now, entry.release(from: now) == .leave { kept.insert(name) }
            // irqbalance is by its own settings again only when it is asked, and takes up to 10 s
            // to show what it was asked.
            return tunable == .irqBalance && now == entry.before ? entry.set : now
        } restore: { entry, value in
            if let slice = SystemdSlice(dropIn: entry.target) {
                return kept.contains(slice.name) ? nil : slice.removeDropIn(in: host.root)
            }
            guard let tunable = Tunable(entry.target) else { return "unknown" }
            guard let name = tunable.slice else { return set(tunable, value, isRestoring: true) }
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
        let count = released.restored.filter { SystemdSlice(dropIn: $0.target) == nil }.count
        lines += notes + [JournalLine("\(count) value\(count == 1 ? "" : "s") restored")]
        guard released.failures.isEmpty else {
            throw Problem(
                .tuningNotRestored,
                "\(released.failures.count) values could not be restored: "
                    + "\(Self.some(released.failures.map { "\($0.entry.target): \($0.reason)" }))",
                remedy: "run 'pvp-host untune' as root, with /proc and /sys writable")
        }
        try StateFile(host.root, OfflineSiblings.state).forget()
        return lines
    }

    private static let claim = "tuning"

    private static func order(_ kind: String) -> UInt8 { TuningItem(kind)?.rawValue ?? .max }

    private func dropIn(of slice: String) -> ClaimRecord.Entry {
        let slice = SystemdSlice(slice)
        return .init(
            TuningItem.slices.name, at: slice.dropIn, before: slice.hasDropIn(in: host.root) ? "yes" : "no",
            set: "yes")
    }

    private static let refusals = "tuning-refused"

    /// What the kernel did not let be changed, such as interrupts that it manages itself.
    package static func refused(in root: Root) -> Set<Tunable> {
        let lines = ((try? root.text("\(Claim.directory)/\(refusals)")) ?? "").split(separator: "\n")
        return Set(lines.compactMap { Tunable(String($0)) })
    }

    private func remember(refused tunables: [Tunable]) throws(Problem) {
        let before = Self.refused(in: host.root)
        let after = before.union(tunables)
        if after != before {
            try StateFile(host.root, Self.refusals).keep(after.map(\.description).sorted().joined(separator: "\n"))
        }
    }

    /// A plan must contain a CPU that is offline, and the kernel does not report its node.
    private func rememberSiblings(_ changes: [TuningChange]) throws(Problem) {
        let offline = changes.filter { $0.item == .siblings }.compactMap(\.tunable.cpu)
        if offline.isEmpty { return }
        var siblings = OfflineSiblings(in: host.root)
        for cpu in offline {
            let path = "/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"
            let threads = (try? host.root.text(path)).flatMap { CPUSet($0) } ?? CPUSet()
            siblings.threads[cpu] = threads.subtracting(CPUSet(offline)).first
        }
        try StateFile(host.root, OfflineSiblings.state).keep(siblings.text)
    }
}

extension ClaimRecord.Entry {
    init(_ change: TuningChange) {
        self.init(change.item.name, at: change.tunable.description, before: change.old, set: change.new)
    }
}
