public import HostTopology

/// What pvp-tune is asked to do.
public struct Tuning: Hashable, Sendable {
    /// CPUs of lcores and vCPUs, with the other threads of their cores.
    public var isolated: CPUSet
    /// All other CPUs.
    public var housekeeping: CPUSet
    /// Idle threads of cores that lcores and vCPUs are on, to be taken offline.
    public var siblings: CPUSet
    /// What is to be done.
    public var items: TuningItems
    /// How long a CPU may take to wake up from idle, in microseconds; `nil` for as long as it likes.
    public var wakeupLatency: Int?

    /// Makes one.
    public init(
        isolated: CPUSet, housekeeping: CPUSet, siblings: CPUSet = CPUSet(), items: TuningItems, wakeupLatency: Int? = nil
    ) {
        self.isolated = isolated
        self.housekeeping = housekeeping
        self.siblings = siblings
        self.items = items
        self.wakeupLatency = wakeupLatency
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { items.isEmpty && wakeupLatency == nil }

    /// As `pvp-host tune` takes it.
    public var arguments: [String] {
        var arguments = ["--isolated=\(isolated)", "--housekeeping=\(housekeeping)"]
        if items.contains(.siblings) { arguments.append("--siblings=\(siblings)") }
        if let wakeupLatency { arguments.append("--wakeup-latency=\(wakeupLatency)") }
        return arguments + TuningItem.allCases.filter { items.contains($0) }.map(\.name)
    }
}
