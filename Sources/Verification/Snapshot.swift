public import HostTopology
public import HostTuning
public import UnitView

/// A running machine, as far as a plan can be compared with it.
public struct Snapshot: Hashable, Sendable {
    /// The hugepages of one node.
    public struct Pool: Hashable, Sendable {
        /// All of them.
        public var total: Int
        /// Those that nobody uses.
        public var free: Int
        /// Makes one.
        public init(total: Int, free: Int) {
            self.total = total
            self.free = free
        }
    }

    /// A PCI function.
    public struct Function: Hashable, Sendable {
        /// Its driver; `nil` for none.
        public var driver: String?
        /// The number of its IOMMU group; `nil` for none.
        public var group: String?
        /// Others in the group that have a driver and are not in the plan.
        public var strangers: [String]
        /// Its link as it is, and as it could be; `nil` for a function without one.
        public var link: (now: String, best: String)? { links.map { ($0[0], $0[1]) } }
        private var links: [String]?
        /// How many virtual functions it has.
        public var virtualFunctions: Int?
        /// Makes one.
        public init(
            driver: String?, group: String? = nil, strangers: [String] = [], link: (now: String, best: String)? = nil,
            virtualFunctions: Int? = nil
        ) {
            self.driver = driver
            self.group = group
            self.strangers = strangers
            links = link.map { [$0.now, $0.best] }
            self.virtualFunctions = virtualFunctions
        }
    }

    /// A thread.
    public struct Thread: Hashable, Sendable {
        /// Its number.
        public var id: Int
        /// Its name.
        public var name: String
        /// The CPUs that it may be on.
        public var allowed: CPUSet
        /// The CPU that it is on, or was last.
        public var cpu: Int
        /// Makes one.
        public init(id: Int, name: String, allowed: CPUSet, cpu: Int) {
            self.id = id
            self.name = name
            self.allowed = allowed
            self.cpu = cpu
        }
    }

    /// A process.
    public struct Process: Hashable, Sendable {
        /// Its number.
        public var id: Int
        /// What it was started with.
        public var arguments: [String]
        /// Its threads.
        public var threads: [Thread]
        /// Bytes in hugepages by node; `nil` where the kernel does not tell.
        public var memory: [Int: UInt64]?
        /// Makes one.
        public init(id: Int, arguments: [String], threads: [Thread], memory: [Int: UInt64]? = nil) {
            self.id = id
            self.arguments = arguments
            self.threads = threads
            self.memory = memory
        }
    }

    /// The kernel's command line.
    public var bootArguments: [String] = []
    /// CPUs that the scheduler keeps off, as the kernel says it.
    public var isolated: CPUSet?
    /// CPUs without a timer tick, as the kernel says it.
    public var tickless: CPUSet?
    /// Hugepages of the plan's size, by node.
    public var pools: [Int: Pool] = [:]
    /// PCI functions that are there.
    public var functions: [PCIAddress: Function] = [:]
    /// testpmds by name.
    public var testpmds: [String: Process] = [:]
    /// Guests by name.
    public var guests: [String: Process] = [:]
    /// How often each interrupt came, now.
    public var interrupts = InterruptCounts()
    /// The same when it was looked the last time; `nil` when nobody has looked since the machine started.
    public var earlierInterrupts: InterruptCounts?
    /// What tuning looks at.
    public var tuning = TuningState()
    /// What the kernel did not let pvp-tune change.
    public var refused: Set<TuningPlace> = []
    /// How long CPUs may take to wake up, in microseconds.
    public var wakeupLatency: Int?
    /// Units.
    public var units: [UnitStatus] = []

    /// A machine of which nothing is known yet.
    public init() {}
}
