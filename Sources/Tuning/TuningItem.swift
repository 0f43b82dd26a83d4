/// Something about the host that pvp-tune changes while pvp.target is up.
public enum TuningItem: String, CaseIterable, Hashable, Sendable {
    /// The kernel's watchdog for hard lockups.
    case nmiWatchdog = "nmi-watchdog"
    /// Work of the kernel that is bound to no CPU.
    case workqueues
    /// Interrupts of devices, those there are and those to come.
    case interrupts
    /// irqbalance, which moves them again.
    case irqBalance = "irqbalance"
    /// Everybody else's processes.
    case slices
    /// Kernel samepage merging.
    case samepageMerging = "ksm"
    /// Transparent hugepages.
    case transparentHugepages = "transparent-hugepages"
    /// Automatic NUMA balancing.
    case numaBalancing = "numa-balancing"
    /// The timer of memory statistics.
    case statistics
    /// The frequency governor.
    case governor
    /// Turbo, boost.
    case turbo
    /// Polling for corrected hardware errors.
    case correctedErrors = "corrected-errors"
    /// The limit for real-time threads.
    case realtimeLimit = "realtime-limit"
    /// Idle threads of cores that lcores and vCPUs are on. The last, because what goes offline takes its share of all others with it.
    case siblings

    /// Why it is done, in a few words.
    public var why: String {
        switch self {
        case .nmiWatchdog: "no watchdog interrupts on lcores and vCPUs"
        case .workqueues: "no writeback and other work of the kernel on them"
        case .interrupts: "no device interrupts on them"
        case .irqBalance: "irqbalance brings none back"
        case .slices: "no other process on them, whatever CPUs it asks for"
        case .samepageMerging: "nobody scans memory"
        case .transparentHugepages: "nobody moves memory together"
        case .numaBalancing: "nobody unmaps memory to see who uses it"
        case .statistics: "the timer of memory statistics comes each 10 s"
        case .governor: "one frequency from the first packet on"
        case .turbo: "one frequency whatever other cores do"
        case .correctedErrors: "no timer that polls for corrected hardware errors"
        case .realtimeLimit: "a real-time thread may have all of its CPU"
        case .siblings: "nothing shares a core with a lcore or vCPU"
        }
    }
}
