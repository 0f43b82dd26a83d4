package import Values

/// What pvp-tune is asked to do.
package struct Tuning: Hashable, Sendable {
    /// CPUs of lcores and vCPUs, with the other threads of their cores.
    package var isolated: CPUSet
    /// All other CPUs.
    package var housekeeping: CPUSet
    /// Idle threads of cores that lcores and vCPUs are on, to be taken offline.
    package var siblings: CPUSet
    /// What is to be done.
    package var items: TuningItems
    /// How long a CPU may take to wake up from idle, in microseconds; `nil` for as long as it
    /// likes.
    package var wakeupLatency: Int?

    package init(
        isolated: CPUSet, housekeeping: CPUSet, siblings: CPUSet = CPUSet(), items: TuningItems,
        wakeupLatency: Int? = nil
    ) {
        self.isolated = isolated
        self.housekeeping = housekeeping
        self.siblings = siblings
        self.items = items
        self.wakeupLatency = wakeupLatency
    }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { items.isEmpty && wakeupLatency == nil }
}
