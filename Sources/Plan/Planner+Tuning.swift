import Config
import HostTopology
import Tuning
import Values

extension Planner {
    /// What of the host is changed for the plan.
    func planTuning(isolated: CPUSet, housekeeping: CPUSet, busy: CPUSet) -> Tuning {
        let section = config.tuning
        var items = TuningItems()
        func add(_ item: TuningItem, _ isWanted: Bool) { if isWanted { items.insert(item) } }
        add(.nmiWatchdog, section.stopNMIWatchdog)
        add(.workqueues, section.moveWorkqueues)
        add(.interrupts, section.moveInterrupts)
        add(.irqBalance, section.limitIRQBalance)
        add(.slices, section.limitSlices)
        add(.samepageMerging, section.stopKSM)
        add(.transparentHugepages, section.stopTransparentHugepages)
        add(.numaBalancing, section.stopNUMABalancing)
        add(.statistics, section.slowStatistics)
        add(.governor, section.performanceGovernor)
        add(.turbo, section.stopTurbo)
        add(.correctedErrors, section.ignoreCorrectedErrors)
        add(.realtimeLimit, section.stopRealtimeLimit)
        var siblings = CPUSet()
        if section.offlineSiblings {
            for core in host.cores where !core.intersection(busy).isEmpty { siblings.formUnion(core) }
            siblings = siblings.subtracting(busy)
            // Without a core of two threads there is nothing to say about it.
            add(.siblings, !siblings.isEmpty)
        }
        return Tuning(
            isolated: isolated, housekeeping: housekeeping, siblings: siblings, items: items,
            wakeupLatency: section.wakeupLatency)
    }
}
