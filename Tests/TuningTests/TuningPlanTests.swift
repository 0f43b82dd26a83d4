import Testing
import Tuning
import Values

@Suite struct TuningPlanTests {
    static let all = TuningItems.all

    static func cpus(_ text: String) -> CPUSet { CPUSet(text) ?? CPUSet() }

    static func tuning(_ items: TuningItems = all) -> Tuning {
        Tuning(isolated: cpus("2-7"), housekeeping: cpus("0-1"), siblings: cpus("6-7"), items: items)
    }

    private func changes(_ item: TuningItem, _ state: TuningState) -> [String] {
        TuningPlan(Self.tuning(), on: state).changes.filter { $0.item == item }.map {
            "\($0.tunable) \($0.old) -> \($0.new)"
        }
    }

    private func skipped(_ item: TuningItem, _ state: TuningState) -> [String] {
        TuningPlan(Self.tuning(), on: state).skipped.filter { $0.item == item }.map(\.reason)
    }

    @Test(arguments: [
        (TuningItem.nmiWatchdog, "/proc/sys/kernel/nmi_watchdog", "1", "0"),
        (.samepageMerging, "/sys/kernel/mm/ksm/run", "1", "0"),
        (.transparentHugepages, "/sys/kernel/mm/transparent_hugepage/enabled", "madvise", "never"),
        (.numaBalancing, "/proc/sys/kernel/numa_balancing", "1", "0"),
        (.statistics, "/proc/sys/vm/stat_interval", "1", "10"),
        (.turbo, "/sys/devices/system/cpu/intel_pstate/no_turbo", "0", "1"),
        (.turbo, "/sys/devices/system/cpu/cpufreq/boost", "1", "0"),
        (.correctedErrors, "/sys/devices/system/machinecheck/machinecheck0/ignore_ce", "0", "1"),
        (.realtimeLimit, "/proc/sys/kernel/sched_rt_runtime_us", "950000", "-1"),
        (.siblings, "/sys/devices/system/cpu/cpu7/online", "1", "0"),
        // What is left of each mask is what it had before.
        (.workqueues, "/sys/devices/virtual/workqueue/cpumask", "ff", "3"),
        (.workqueues, "/sys/devices/virtual/workqueue/cpumask", "fe", "2"),
        (.workqueues, "/sys/devices/virtual/workqueue/cpumask", "f0", "3"),
        (.interrupts, "/proc/irq/default_smp_affinity", "ff", "3"),
        (.interrupts, "/proc/irq/24/smp_affinity_list", "1,4-5", "1"),
        (.interrupts, "/proc/irq/25/smp_affinity_list", "4", "0-1"), (.irqBalance, "irqbalance", "", "2-7"),
        (.irqBalance, "irqbalance", "0,3", "0,2-7"), (.slices, "slice:system.slice", "", "0-1"),
        (.slices, "slice:user.slice", "1-3", "1"),
    ])
    func oneValue(_ item: TuningItem, _ tunable: String, _ old: String, _ new: String) throws {
        let tunable = try #require(Tunable(tunable))
        #expect(changes(item, TuningState(values: [tunable: old])) == ["\(tunable) \(old) -> \(new)"])
        #expect(changes(item, TuningState(values: [tunable: new])) == [])
        let others = TuningPlan(Self.tuning(Self.all.without(item)), on: TuningState(values: [tunable: old]))
        #expect(others.changes.isEmpty, "only with its own switch")
    }

    @Test func governorsOfAllCPUs() {
        let state = TuningState(
            values: [
                .governor("policy0"): "powersave", .governor("policy10"): "powersave",
                .governor("policy2"): "performance",
            ],
            governors: [
                "policy0": ["performance", "powersave"], "policy2": ["performance"], "policy10": ["performance"],
            ])
        let directory = "/sys/devices/system/cpu/cpufreq"
        #expect(
            changes(.governor, state) == [
                "\(directory)/policy0/scaling_governor powersave -> performance",
                "\(directory)/policy10/scaling_governor powersave -> performance",
            ])
        let other = TuningState(values: [.governor("policy0"): "ondemand"], governors: ["policy0": ["ondemand"]])
        #expect(
            changes(.governor, other) == []
                && skipped(.governor, other) == ["the frequency driver has no governor named performance"])
    }

    @Test func aMissingItemIsReportedOnce() {
        let plan = TuningPlan(Self.tuning(), on: TuningState())
        #expect(plan.changes.isEmpty)
        // That no irqbalance runs is no news.
        #expect(plan.skipped.map(\.item) == TuningItem.allCases.filter { $0 != .irqBalance })
        #expect(plan.skipped.allSatisfy { $0.reason == "not available on this machine" })
    }

    @Test func irqbalanceWithoutASocket() {
        #expect(
            skipped(.irqBalance, TuningState(irqBalanceIsDeaf: true)).first?.contains("IRQBALANCE_BANNED_CPULIST=2-7")
                == true)
    }

    @Test func whatTunedHasIsLeftToIt() {
        var tuned = TunedProfile("cpu-partitioning")
        let included = tuned.add(
            """
            [main]
            summary=Optimize for CPU partitioning
            include=network-latency, balanced
            [sysctl]
            kernel.nmi_watchdog = 0
            # vm.stat_interval = 10
            [sysfs]
            /sys/bus/workqueue/devices/writeback/cpumask = ${not_isolated_cpumask}
            /sys/devices/virtual/workqueue/cpumask=${not_isolated_cpumask}
            /sys/devices/system/machinecheck/machinecheck*/ignore_ce=1
            [vm]
            transparent_hugepages=never
            [cpu]
            governor=performance
            force_latency=cstate.id:1|3
            [scheduler]
            isolated_cores=${isolated_cores}
            """)
        #expect(included == ["network-latency", "balanced"])
        let values: [Tunable: String] = [
            .file("/proc/sys/kernel/nmi_watchdog"): "1", .file("/proc/sys/vm/stat_interval"): "1",
            .file("/sys/devices/virtual/workqueue/cpumask"): "ff",
            .file("/sys/devices/system/machinecheck/machinecheck0/ignore_ce"): "0",
            .file("/sys/kernel/mm/transparent_hugepage/enabled"): "always", .governor("policy0"): "powersave",
            .affinity(ofInterrupt: 24): "0-7", .irqBalance: "",
        ]
        let state = TuningState(values: values, governors: ["policy0": ["performance"]], tuned: tuned)
        let plan = TuningPlan(Self.tuning(), on: state)
        #expect(
            plan.changes.map { "\($0.tunable)" } == [
                "irqbalance", "/proc/sys/vm/stat_interval",
            ])
        let told = plan.skipped.filter { $0.reason == "set by tuned's profile cpu-partitioning, leaving it" }.map(
            \.item)
        #expect(told == [.nmiWatchdog, .workqueues, .interrupts, .transparentHugepages, .governor, .correctedErrors])
    }

    @Test func valuesAsTheKernelWritesThem() {
        #expect(
            Tunable.file("/sys/kernel/mm/transparent_hugepage/enabled").value("always [madvise] never") == "madvise")
        let mask = Tunable.file("/sys/devices/virtual/workqueue/cpumask")
        #expect(
            mask.value("00000000,000000ff") == "ff" && mask.value("1,00000000") == "1,00000000"
                && mask.value("x") == nil)
        #expect(Tunable.affinity(ofInterrupt: 3).value("0-1,2") == "0-2")
        #expect(CPUSet(mask: "1,00000003") == Self.cpus("0-1,32"))
        #expect(
            Tunable.affinity(ofInterrupt: 3).interrupt == 3
                && Tunable.file("/proc/irq/default_smp_affinity").interrupt == nil)
        #expect(Tunable.online(12).cpu == 12 && Tunable.file("/sys/devices/system/cpu/online").cpu == nil)
    }
}
