/// What of a machine tuning looks at.
package struct TuningState: Hashable, Sendable {
    /// The present values, each as `Tunable.value(_:)` has it.
    package var values: [Tunable: String]
    /// Who handles an interrupt.
    package var handlers: [Int: String]
    /// The governors that there are, by directory of `/sys/devices/system/cpu/cpufreq`.
    package var governors: [String: Set<String>]
    /// What tuned does, while it runs.
    package var tuned: TunedProfile?
    /// Whether irqbalance runs and has no socket that answers.
    package var irqBalanceIsDeaf: Bool

    /// A machine by hand, for tests.
    package init(
        values: [Tunable: String] = [:], handlers: [Int: String] = [:], governors: [String: Set<String>] = [:],
        tuned: TunedProfile? = nil, irqBalanceIsDeaf: Bool = false
    ) {
        self.values = values
        self.handlers = handlers
        self.governors = governors
        self.tuned = tuned
        self.irqBalanceIsDeaf = irqBalanceIsDeaf
    }

    /// The interrupt's number and its handler: `24 (eth0)`.
    package func name(ofInterrupt number: Int) -> String { handlers[number].map { "\(number) (\($0))" } ?? "\(number)" }
}

extension Tunable {
    /// Files that are one for the machine.
    package static let files: [Tunable] = [
        nmiWatchdog, defaultAffinity, workqueues, samepageMerging, transparentHugepages, numaBalancing, statistics,
        noTurbo, boost,
        correctedErrors, realtimeLimit,
    ]

    static let nmiWatchdog = Tunable.file("/proc/sys/kernel/nmi_watchdog")
    static let defaultAffinity = Tunable.file("/proc/irq/default_smp_affinity")
    static let workqueues = Tunable.file("/sys/devices/virtual/workqueue/cpumask")
    static let samepageMerging = Tunable.file("/sys/kernel/mm/ksm/run")
    static let transparentHugepages = Tunable.file("/sys/kernel/mm/transparent_hugepage/enabled")
    static let numaBalancing = Tunable.file("/proc/sys/kernel/numa_balancing")
    static let statistics = Tunable.file("/proc/sys/vm/stat_interval")
    static let noTurbo = Tunable.file("/sys/devices/system/cpu/intel_pstate/no_turbo")
    static let boost = Tunable.file("/sys/devices/system/cpu/cpufreq/boost")
    /// There is a file for each CPU, and one value behind all of them (kernel:
    /// arch/x86/kernel/cpu/mce/core.c, `set_ignore_ce`).
    static let correctedErrors = Tunable.file("/sys/devices/system/machinecheck/machinecheck0/ignore_ce")
    static let realtimeLimit = Tunable.file("/proc/sys/kernel/sched_rt_runtime_us")

    /// The CPUs of one interrupt.
    package static func affinity(ofInterrupt number: Int) -> Tunable { .file("/proc/irq/\(number)/smp_affinity_list") }
    /// The governor of a group of CPUs.
    package static func governor(_ policy: String) -> Tunable {
        .file("/sys/devices/system/cpu/cpufreq/\(policy)/scaling_governor")
    }
    /// Whether a CPU is online.
    package static func online(_ cpu: Int) -> Tunable { .file("/sys/devices/system/cpu/cpu\(cpu)/online") }
    /// Those that everybody else's processes are in; machines of libvirt have one of their own, and
    /// testpmd has ours.
    package static let slices: [Tunable] = [.slice("init.scope"), .slice("system.slice"), .slice("user.slice")]
}
