import Values

/// One value to change.
package struct TuningChange: Hashable, Sendable {
    /// What it belongs to.
    package var item: TuningItem
    /// Where it is.
    package var place: Tunable
    /// What it is.
    package var old: String
    /// What it is to be.
    package var new: String

    package init(item: TuningItem, place: Tunable, old: String, new: String) {
        self.item = item
        self.place = place
        self.old = old
        self.new = new
    }
}

/// What is to be changed on a machine, and what is not and why: a pure function of what is asked
/// for and of the machine.
package struct TuningPlan: Hashable, Sendable {
    /// Something that was asked for and is left alone.
    package struct Skipped: Hashable, Sendable {
        /// What.
        package var item: TuningItem
        /// Why, in one line.
        package var reason: String
    }

    /// Values that are not what they are to be, in the order in which they are changed.
    package private(set) var changes: [TuningChange] = []
    /// How many values there are, right or wrong.
    package private(set) var counts: [TuningItem: Int] = [:]
    /// In the order of the items.
    package private(set) var skipped: [Skipped] = []

    /// Creates the value.
    package init(_ tuning: Tuning, on state: TuningState) {
        for item in TuningItem.allCases where tuning.items.contains(item) {
            let places = tuning.wanted(item, on: state)
            let own = places.filter { state.tuned?.owns($0.place, of: item) != true }
            counts[item] = own.count
            if own.count < places.count, let tuned = state.tuned {
                skipped.append(Skipped(item: item, reason: "set by tuned's profile \(tuned.name), leaving it"))
            } else if places.isEmpty, let reason = tuning.absence(of: item, on: state) {
                skipped.append(Skipped(item: item, reason: reason))
            }
            for (place, value) in own {
                guard let old = state.values[place], old != value else { continue }
                changes.append(TuningChange(item: item, place: place, old: old, new: value))
            }
        }
    }
}

extension Tuning {
    /// A set of CPUs without the isolated ones; the housekeeping ones when none would be left.
    private func clear(_ cpus: CPUSet) -> CPUSet {
        let rest = cpus.subtracting(isolated)
        return rest.isEmpty ? housekeeping : rest
    }

    /// The existing values of an item, with their target values.
    fileprivate func wanted(_ item: TuningItem, on state: TuningState) -> [(place: Tunable, value: String)] {
        func fixed(_ place: Tunable, _ value: String) -> [(Tunable, String)] {
            state.values[place] == nil ? [] : [(place, value)]
        }
        func cleared(_ places: [Tunable]) -> [(Tunable, String)] {
            places.compactMap { place in
                state.values[place].flatMap { place.cpus($0) }.map { (place, place.value(clear($0))) }
            }
        }
        switch item {
        case .nmiWatchdog: return fixed(.nmiWatchdog, "0")
        // The mask of a single workqueue is applied within this one, and gives way to it where they
        // have no CPU in common, now and for workqueues that are created later (kernel:
        // kernel/workqueue.c, `wqattrs_actualize_cpumask()`).
        case .workqueues: return cleared([.workqueues])
        case .interrupts:
            return cleared(
                [.defaultAffinity]
                    + state.values.keys.compactMap(\.interrupt).sorted().map { .affinity(ofInterrupt: $0) })
        case .irqBalance:
            guard let banned = state.values[.irqBalance].flatMap({ CPUSet($0) }) else { return [] }
            return [(.irqBalance, banned.union(isolated).description)]
        case .slices: return cleared(Tunable.slices)
        case .samepageMerging: return fixed(.samepageMerging, "0")
        case .transparentHugepages: return fixed(.transparentHugepages, "never")
        case .numaBalancing: return fixed(.numaBalancing, "0")
        case .statistics: return fixed(.statistics, "10")
        case .governor:
            let policies = state.governors.filter { $0.value.contains("performance") }.map(\.key)
            return policies.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.flatMap {
                fixed(.governor($0), "performance")
            }
        case .turbo: return fixed(.noTurbo, "1").isEmpty ? fixed(.boost, "0") : fixed(.noTurbo, "1")
        case .correctedErrors: return fixed(.correctedErrors, "1")
        case .realtimeLimit: return fixed(.realtimeLimit, "-1")
        case .siblings: return siblings.cpus.flatMap { fixed(.online($0), "0") }
        }
    }

    /// Why an item has no value; `nil` when that is no news.
    fileprivate func absence(of item: TuningItem, on state: TuningState) -> String? {
        switch item {
        case .irqBalance:
            guard state.irqBalanceIsDeaf else { return nil }
            return
                "irqbalance runs, and its socket in /run/irqbalance does not answer: set IRQBALANCE_BANNED_CPULIST=\(isolated) where its unit has its environment from"
        case .siblings where siblings.isEmpty: return "no core of an lcore or vCPU has an idle thread"
        case .governor where !state.governors.isEmpty: return "the frequency driver has no governor named performance"
        default: return "not available on this machine"
        }
    }
}
