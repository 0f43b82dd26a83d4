public import Diagnostics
import HostTopology
public import HostTuning
public import Linux
public import Tuning

/// Changes a machine as a tuning says and puts it back. Each old value is remembered before it is changed, so that it can be put back whatever happens in between.
public struct Tuner: Sendable {
    /// Runs systemctl.
    public typealias Run = @Sendable (Command) throws(Problem) -> Command.Result

    /// A line of the journal.
    public struct Line: Hashable, Sendable {
        /// What it says.
        public var text: String
        /// Whether it is about something that is not as it should be.
        public var isWarning: Bool

        /// Makes one.
        public init(_ text: String, isWarning: Bool) {
            self.text = text
            self.isWarning = isWarning
        }
    }

    let machine: Machine
    let run: Run?

    /// Works on a machine; one that is a tree of files has no slices unless `run` says otherwise.
    public init(_ machine: Machine, run: Run? = nil) {
        self.machine = machine
        let isTree = !machine.root.prefix.isEmpty
        self.run = run ?? (isTree ? nil : Self.runReally)
    }

    private static let runReally: Run = { command throws(Problem) in try command.run() }

    /// Changes what is not yet as it should be, of interrupts only these if any are given. What cannot be changed is told, and stops nothing.
    /// Throws `state-unreadable`, `state-unwritable`.
    public func apply(_ tuning: Tuning, interrupts: Set<Int>? = nil) throws(Problem) -> [Line] {
        let memory = Memory(machine.root, "tuning")
        let before = try memory.recall().map { TuningRecord($0) } ?? TuningRecord()
        let state = TuningState(reading: machine.root, for: tuning, run: run, interrupts: interrupts)
        let plan = TuningPlan(tuning, on: state)
        var record = before
        for change in plan.changes { record.add(change) }
        try rememberSiblings(plan.changes)
        if record != before { try memory.keep(record.text) }
        let planned = record
        var failures: [TuningItem: [(change: TuningChange, reason: String)]] = [:]
        for change in plan.changes {
            let reason = set(change.place, change.new)
            // irqbalance takes up to 10 s.
            let found = reason == nil && change.place != .irqBalance ? value(change.place) : nil
            if let reason = reason ?? (found == change.old ? "the kernel keeps \(change.old)" : nil) {
                failures[change.item, default: []].append((change, reason))
                record.withdraw(change, for: before)
            } else if let found {
                record.correct(change.place, to: found)
            }
        }
        if record.entries.isEmpty { try memory.forget() } else if record != planned { try memory.keep(record.text) }
        try remember(refused: failures.values.flatMap { $0.map(\.change.place) })
        return TuningItem.allCases.filter { tuning.items.contains($0) }.flatMap { item in
            let failed = failures[item, default: []]
            let done = plan.changes.filter { change in change.item == item && !failed.contains { $0.change == change } }
            return Self.lines(item, plan, done: done, failed: failed, state)
        }
    }

    /// Puts back what `apply` changed. What somebody else has changed since is left as it is, and told. Throws `tuning-stays` for what could not be put back;
    /// it stays remembered.
    public func restore() throws(Problem) -> [Line] {
        let memory = Memory(machine.root, "tuning")
        try Memory(machine.root, Self.refusals).forget()
        guard let record = try memory.recall().map({ TuningRecord($0) }) else {
            return [Line("nothing was changed, nothing to put back", isWarning: false)]
        }
        var foreign: [TuningItem: [String]] = [:]
        var left = record
        var failures: [String] = []
        var count = 0
        for entry in record.entries.reversed() {
            // An interrupt or a CPU may be gone.
            if let value = value(entry.place), value != entry.old || entry.place == .irqBalance {
                if value != entry.new, value != entry.old {
                    foreign[entry.item, default: []].append("\(entry.place) was \(entry.old), was set to \(entry.new) and is \(value)")
                } else if let reason = set(entry.place, entry.old, isRestoring: true) {
                    failures.append("\(entry.place): \(reason)")
                    continue
                } else {
                    count += 1
                }
            }
            left.remove(entry.place)
        }
        var lines = foreign.sorted { $0.key.rawValue < $1.key.rawValue }.map { item, texts in
            Line("\(item.name): \(Self.some(texts)); somebody else has changed that, it is left as it is", isWarning: true)
        }
        lines.append(Line("\(count) value\(count == 1 ? "" : "s") put back", isWarning: false))
        guard failures.isEmpty else {
            try memory.keep(left.text)
            throw Problem(
                "tuning-stays", "\(failures.count) values could not be put back: \(Self.some(failures))",
                remedy: "run `pvp-host untune` as root, with /proc and /sys writable")
        }
        try memory.forget()
        try Memory(machine.root, OfflineSiblings.state).forget()
        return lines
    }

    private static let refusals = "tuning-refused"

    /// What the kernel did not let be changed, such as interrupts that it manages itself.
    public static func refused(in root: Root) -> Set<TuningPlace> {
        let lines = ((try? root.text("\(Memory.directory)/\(refusals)")) ?? "").split(separator: "\n")
        return Set(lines.compactMap { TuningPlace(String($0)) })
    }

    private func remember(refused places: [TuningPlace]) throws(Problem) {
        let before = Self.refused(in: machine.root)
        let after = before.union(places)
        if after != before { try Memory(machine.root, Self.refusals).keep(after.map(\.description).sorted().joined(separator: "\n")) }
    }

    /// A plan must know of a CPU that is offline, and the kernel does not tell where it is.
    private func rememberSiblings(_ changes: [TuningChange]) throws(Problem) {
        let offline = changes.filter { $0.item == .siblings }.compactMap(\.place.cpu)
        if offline.isEmpty { return }
        var siblings = OfflineSiblings(in: machine.root)
        for cpu in offline {
            let path = "/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list"
            let threads = (try? machine.root.text(path)).flatMap { CPUSet($0) } ?? CPUSet()
            siblings.threads[cpu] = threads.subtracting(CPUSet(offline)).first
        }
        try Memory(machine.root, OfflineSiblings.state).keep(siblings.text)
    }
}
