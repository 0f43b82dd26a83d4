/// Something about the host that pvp-tune changes while pvp.target is up.
package enum TuningItem: UInt8, CaseIterable, Hashable, Sendable {
    /// The kernel's watchdog for hard lockups.
    case nmiWatchdog
    /// Work of the kernel that is bound to no CPU.
    case workqueues
    /// Interrupts of devices, those there are and those to come.
    case interrupts
    /// irqbalance, which moves them again.
    case irqBalance
    /// Everybody else's processes.
    case slices
    /// Kernel samepage merging.
    case samepageMerging
    /// Transparent hugepages.
    case transparentHugepages
    /// Automatic NUMA balancing.
    case numaBalancing
    /// The timer of memory statistics.
    case statistics
    /// The frequency governor.
    case governor
    /// Turbo, boost.
    case turbo
    /// Polling for corrected hardware errors.
    case correctedErrors
    /// The limit for real-time threads.
    case realtimeLimit
    /// Idle threads of cores that lcores and vCPUs are on. The last, because what goes offline
    /// takes its share of all others with it.
    case siblings

    /// What it is called on the command line of `pvp-host tune`.
    package var name: String {
        switch self {
        case .nmiWatchdog: "nmi-watchdog"
        case .workqueues: "workqueues"
        case .interrupts: "interrupts"
        case .irqBalance: "irqbalance"
        case .slices: "slices"
        case .samepageMerging: "ksm"
        case .transparentHugepages: "transparent-hugepages"
        case .numaBalancing: "numa-balancing"
        case .statistics: "statistics"
        case .governor: "governor"
        case .turbo: "turbo"
        case .correctedErrors: "corrected-errors"
        case .realtimeLimit: "realtime-limit"
        case .siblings: "siblings"
        }
    }

    /// The one of that name.
    package init?(_ name: String) {
        guard let item = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = item
    }

    /// Why it is done, in a few words.
    package var why: String {
        switch self {
        case .nmiWatchdog: "no watchdog interrupts on lcores and vCPUs"
        case .workqueues: "no writeback and other work of the kernel on them"
        case .interrupts: "no device interrupts on them"
        case .irqBalance: "irqbalance moves none to them"
        case .slices: "no other process on them, whatever its CPU affinity"
        case .samepageMerging: "the kernel does not scan memory"
        case .transparentHugepages: "the kernel does not compact memory"
        case .numaBalancing: "the kernel does not unmap memory to sample its use"
        case .statistics: "memory statistics are gathered each 10 s"
        case .governor: "one frequency from the first packet on"
        case .turbo: "one frequency whatever other cores do"
        case .correctedErrors: "no timer that polls for corrected hardware errors"
        case .realtimeLimit: "a real-time thread may use its whole CPU"
        case .siblings: "no thread shares a core with an lcore or vCPU"
        }
    }
}

/// Some of them. As bits, because a set is a lot of code for a generator.
package struct TuningItems: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt32 = 0

    /// None.
    package init() {}

    /// All of a list.
    package init(_ items: [TuningItem]) { for item in items { insert(item) } }

    /// The same.
    package init(arrayLiteral items: TuningItem...) { self.init(items) }

    /// Every one that there is.
    package static var all: TuningItems { TuningItems(TuningItem.allCases) }

    /// Adds one.
    package mutating func insert(_ item: TuningItem) { bits |= 1 << UInt32(item.rawValue) }

    /// Whether one is among them.
    package func contains(_ item: TuningItem) -> Bool { bits & 1 << UInt32(item.rawValue) != 0 }

    /// All but one.
    package func without(_ item: TuningItem) -> TuningItems {
        var items = self
        items.bits &= ~(1 << UInt32(item.rawValue))
        return items
    }

    /// Whether there are none.
    package var isEmpty: Bool { bits == 0 }

    /// How many there are.
    package var count: Int { bits.nonzeroBitCount }
}
