package import HostActions
package import Tuning
package import Values
package import Views

/// A running machine, as far as a plan can be compared with it.
package struct Snapshot: Hashable, Sendable {
    /// The hugepages of one node.
    package struct Pool: Hashable, Sendable {
        /// All of them.
        package var total: Int
        /// Those that are unused.
        package var free: Int
        package init(total: Int, free: Int) {
            self.total = total
            self.free = free
        }
    }

    /// A PCI function.
    package struct Function: Hashable, Sendable {
        /// Its driver; `nil` for none.
        package var driver: String?
        /// The number of its IOMMU group; `nil` for none.
        package var group: String?
        /// Others in the group that have a driver and are not in the plan.
        package var otherBoundFunctions: [String]
        /// Its link as it is, and as it could be; `nil` for a function without one.
        package var link: (now: String, best: String)? { links.map { ($0[0], $0[1]) } }
        private var links: [String]?
        /// How many virtual functions it has.
        package var virtualFunctions: Int?
        package init(
            driver: String?, group: String? = nil, otherBoundFunctions: [String] = [],
            link: (now: String, best: String)? = nil,
            virtualFunctions: Int? = nil
        ) {
            self.driver = driver
            self.group = group
            self.otherBoundFunctions = otherBoundFunctions
            links = link.map { [$0.now, $0.best] }
            self.virtualFunctions = virtualFunctions
        }
    }

    /// A thread.
    package struct Thread: Hashable, Sendable {
        /// Its number.
        package var id: Int
        /// Its name.
        package var name: String
        /// The CPUs that it may be on.
        package var allowed: CPUSet
        /// The CPU that it is on, or was last.
        package var cpu: Int
        package init(id: Int, name: String, allowed: CPUSet, cpu: Int) {
            self.id = id
            self.name = name
            self.allowed = allowed
            self.cpu = cpu
        }
    }

    /// The program of a process, and the file that it was started from as it is now.
    package struct Programs: Hashable, Sendable {
        package var file: ProgramIdentity
        package var running: ProgramIdentity
        package init(file: ProgramIdentity, running: ProgramIdentity) {
            self.file = file
            self.running = running
        }
    }

    /// A process.
    package struct Process: Hashable, Sendable {
        /// Its number.
        package var id: Int
        /// What it was started with.
        package var arguments: [String]
        /// Its threads.
        package var threads: [Thread]
        /// Bytes in hugepages by node; `nil` if the kernel does not report it.
        package var memory: [Int: UInt64]?
        /// `nil` if the kernel does not show it.
        package var programs: Programs?
        package init(id: Int, arguments: [String], threads: [Thread], memory: [Int: UInt64]? = nil) {
            self.id = id
            self.arguments = arguments
            self.threads = threads
            self.memory = memory
        }
    }

    /// The kernel's command line.
    package var bootArguments: [String] = []
    /// CPUs that the scheduler keeps off, as the kernel says it.
    package var isolated: CPUSet?
    /// CPUs without a timer tick, as the kernel says it.
    package var tickless: CPUSet?
    /// Hugepages of the plan's size, by node.
    package var pools: [Int: Pool] = [:]
    /// Existing PCI functions.
    package var functions: [PCIAddress: Function] = [:]
    /// testpmds by name.
    package var testpmds: [String: Process] = [:]
    /// Guests by name.
    package var guests: [String: Process] = [:]
    /// How often each interrupt came, now.
    package var interrupts = InterruptCounts()
    /// The counts of the run before; `nil` if it is the first since the machine started.
    package var earlierInterrupts: InterruptCounts?
    /// What tuning looks at.
    package var tuning = TuningState()
    /// What the kernel did not let pvp-tune change.
    package var refused: Set<Tunable> = []
    /// How long CPUs may take to wake up, in microseconds.
    package var wakeupLatency: Int?
    /// Units.
    package var units: [UnitStatus] = []

    /// A machine of which nothing is known yet.
    package init() {}
}
