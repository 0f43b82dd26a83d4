import Diagnostics
import HostActions
import HostTopology
import Linux
import TestSupport
import Testing
import Tuning
import Values

@Suite struct TunerTests {
    private func texts(_ lines: [JournalLine]) -> [String] { lines.map(\.text) }

    @Test func allItemsThereAndBack() throws {
        let machine = try TunedMachine()
        let before = try machine.values()
        let lines = try machine.tuner.apply(TunedMachine.tuning())
        #expect(!lines.contains { $0.isWarning }, "\(lines)")
        let tuned = try machine.values().filter { before[$0.key] != $0.value }
        #expect(
            tuned == [
                "proc/sys/kernel/nmi_watchdog": "0", "proc/sys/kernel/numa_balancing": "0",
                "proc/sys/vm/stat_interval": "10",
                "proc/sys/kernel/sched_rt_runtime_us": "-1", "proc/irq/default_smp_affinity": "3",
                "sys/devices/virtual/workqueue/cpumask": "00000003",
                "sys/kernel/mm/ksm/run": "0", "sys/kernel/mm/transparent_hugepage/enabled": "always madvise [never]",
                "sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "performance",
                "sys/devices/system/cpu/intel_pstate/no_turbo": "1",
                "sys/devices/system/machinecheck/machinecheck0/ignore_ce": "1",
                "sys/devices/system/cpu/cpu6/online": "0", "sys/devices/system/cpu/cpu7/online": "0",
                "proc/irq/24/smp_affinity_list": "0-1", "proc/irq/25/smp_affinity_list": "0-1",
                "proc/irq/26/smp_affinity_list": "0-1",
                "slices/init.scope": "0-1", "slices/system.slice": "0-1", "slices/user.slice": "0-1",
            ])
        #expect(texts(lines).contains("nmi-watchdog: /proc/sys/kernel/nmi_watchdog was 1, is 0"))
        #expect(
            texts(lines).contains { $0.contains("interrupt 24 (eth0) was 0-7, is 0-1") && $0.hasSuffix("; and 1 more") }
        )
        #expect(texts(try machine.tuner.restore()) == ["19 values restored"])
        #expect(try machine.values() == before && machine.tree.state.isEmpty)
        #expect(texts(try machine.tuner.restore()) == ["nothing was changed, nothing to restore"])
    }

    @Test func anItemThatIsOffIsLeftAlone() throws {
        for item in TuningItem.allCases {
            let machine = try TunedMachine()
            let before = try machine.values()
            _ = try machine.tuner.apply(TunedMachine.tuning([item]))
            let changed = try machine.values().filter { before[$0.key] != $0.value }.count
            let counts: [TuningItem: Int] = [.interrupts: 4, .irqBalance: 0, .slices: 3, .siblings: 2]
            #expect(changed == counts[item, default: 1], "\(item)")
        }
    }

    /// pvp-tune was killed, and nothing was restored: the values before the first start count.
    @Test func aSecondStartRemembersTheFirst() throws {
        let machine = try TunedMachine()
        let before = try machine.values()
        _ = try machine.tuner.apply(TunedMachine.tuning())
        let again = try machine.tuner.apply(TunedMachine.tuning())
        #expect(texts(again).contains("ksm: is so already") && !again.contains { $0.isWarning })
        // A value that went astray in between is set again, and an item that is new is remembered
        // too.
        try machine.tree.write("/proc/sys/vm/stat_interval", "5\n")
        _ = try machine.tuner.apply(TunedMachine.tuning())
        #expect(try machine.tree.text("/proc/sys/vm/stat_interval") == "10")
        _ = try machine.tuner.restore()
        #expect(try machine.values() == before)
    }

    @Test func aValueChangedByAnotherProcessStays() throws {
        let machine = try TunedMachine()
        _ = try machine.tuner.apply(TunedMachine.tuning())
        try machine.tree.write("/proc/sys/vm/stat_interval", "5\n")
        try machine.tree.write("/proc/sys/kernel/nmi_watchdog", "1\n")
        let lines = try machine.tuner.restore()
        #expect(
            lines.filter(\.isWarning).map(\.text) == [
                "statistics: /proc/sys/vm/stat_interval was 1, was set to 10, is 5: another process has changed it, "
                    + "leaving it"
            ])
        #expect(
            try machine.tree.text("/proc/sys/vm/stat_interval") == "5"
                && machine.tree.text("/sys/kernel/mm/ksm/run") == "1")
        #expect(machine.tree.state.isEmpty)
    }

    @Test func anInterruptThatTheKernelManages() throws {
        let machine = try TunedMachine(managed: [25])
        let before = try machine.values()
        let lines = try machine.tuner.apply(TunedMachine.tuning([.interrupts]))
        #expect(
            lines.filter(\.isWarning).map(\.text) == [
                "interrupts: interrupt 25 (nvme0q1) is 0-7, and cannot be 0-1: Input/output error"
            ])
        #expect(try !machine.tree.text("/run/pvp/state/tuning").contains("/proc/irq/25/"))
        #expect(Tuner.refused(in: machine.tree.root) == [.affinity(ofInterrupt: 25)])
        #expect(try !machine.tuner.restore().contains { $0.isWarning })
        #expect(try machine.values() == before && machine.tree.state.isEmpty)
    }

    @Test func whereNothingCanBeChangedNothingIsRemembered() throws {
        let machine = try TunedMachine(managed: [24, 25, 26])
        try machine.tree.write("/proc/irq/default_smp_affinity", "3\n")
        #expect(try machine.tuner.apply(TunedMachine.tuning([.interrupts])).allSatisfy { $0.isWarning })
        #expect(machine.tree.state == ["tuning-refused"])
        #expect(texts(try machine.tuner.restore()) == ["nothing was changed, nothing to restore"])
        #expect(machine.tree.state.isEmpty)
    }

    /// The kernel took the write and made something else of it.
    @Test func aValueThatTheKernelCutsShort() throws {
        let machine = try TunedMachine()
        let tuner = Tuner(
            HostFilesystem(machine.tree.root) { path, _ throws(SystemError) in
                try machine.tree.root.replace(path, with: Array("1\n".utf8))
            })
        _ = try tuner.apply(TunedMachine.tuning([.interrupts]))
        #expect(try machine.tree.text("/run/pvp/state/tuning").contains("/proc/irq/24/smp_affinity_list\t0-7\t1"))
        #expect(try !machine.tuner.restore().contains { $0.isWarning })
        #expect(try machine.tree.text("/proc/irq/24/smp_affinity_list") == "0-7")
    }

    @Test func interruptsThatComeLater() throws {
        let machine = try TunedMachine()
        _ = try machine.tuner.apply(TunedMachine.tuning())
        try machine.tree.write("/proc/irq/30/smp_affinity_list", "4\n")
        try machine.tree.directory("/proc/irq/30/mlx5_comp0")
        try machine.tree.write("/proc/irq/24/smp_affinity_list", "5\n")
        let lines = try machine.tuner.apply(TunedMachine.tuning([.interrupts]), interrupts: [30])
        #expect(texts(lines) == ["interrupts: interrupt 30 (mlx5_comp0) was 4, is 0-1"])
        // Another process that moved the other one had a reason.
        #expect(try machine.tree.text("/proc/irq/24/smp_affinity_list") == "5")
        _ = try machine.tuner.restore()
        #expect(try machine.tree.text("/proc/irq/30/smp_affinity_list") == "4")
    }

    /// A plan is the same with its siblings offline: otherwise it would change as soon as it is
    /// carried out.
    @Test func siblingsThatAreOffline() throws {
        let machine = try TunedMachine()
        _ = try machine.tuner.apply(TunedMachine.tuning([.siblings]))
        #expect(try machine.tree.text("/run/pvp/state/offline-siblings") == "6 2\n7 3")
        for cpu in 0..<6 {
            try machine.tree.write("/sys/devices/system/cpu/cpu\(cpu)/topology/thread_siblings_list", "\(cpu)\n")
        }
        try machine.tree.write("/sys/devices/system/cpu/online", "0-5\n")
        try machine.tree.write("/sys/devices/system/node/online", "0\n")
        try machine.tree.write("/sys/devices/system/node/node0/cpulist", "0-5\n")
        let host = HostTopology(reading: machine.tree.root, functions: [])
        #expect(host.online.description == "0-7" && host.nodes.map(\.cpus.description) == ["0-7"])
        #expect(host.cores.map(\.description) == ["0", "1", "2,6", "3,7", "4", "5"])
        _ = try machine.tuner.restore()
        #expect(HostTopology(reading: machine.tree.root, functions: []).online.description == "0-5")
    }

    @Test func whatCannotBePutBackIsRemembered() throws {
        let machine = try TunedMachine()
        _ = try machine.tuner.apply(TunedMachine.tuning())
        let broken = Tuner(
            HostFilesystem(machine.tree.root) { path, _ throws(SystemError) in
                if path.hasSuffix("ksm/run") { throw SystemError("open", path, code: 30) }
                try machine.tree.root.replace(path, with: Array("x\n".utf8))
            })
        let problem = failure { try broken.restore().map(\.text).joined() }
        #expect(
            problem?.code == .tuningNotRestored
                && problem?.message.contains("/sys/kernel/mm/ksm/run: Read-only file system") == true)
        #expect(try machine.tree.text("/run/pvp/state/tuning").contains("/sys/kernel/mm/ksm/run\t1\t0"))
        _ = try machine.tuner.restore()
        #expect(try machine.tree.text("/sys/kernel/mm/ksm/run") == "1" && machine.tree.state.isEmpty)
    }

    @Test(arguments: [TunedMachine.Cpusets.missing, .emptied, .neverEmptied])
    func slicesAreRestored(_ cpusets: TunedMachine.Cpusets) throws {
        let machine = try TunedMachine(cpusets: cpusets)
        // Another process's setting at run time.
        try machine.tree.write(TunedMachine.dropIn("system.slice"), "[Slice]\nAllowedCPUs=0-3\n")
        let before = try machine.values()
        _ = try machine.tuner.apply(TunedMachine.tuning([.slices]))
        let lines = texts(try machine.tuner.restore())
        #expect(try machine.tree.text(TunedMachine.dropIn("system.slice")) == "[Slice]\nAllowedCPUs=0-3")
        if cpusets == .neverEmptied {
            #expect(
                lines.contains {
                    $0.hasPrefix("slices: user.slice was not set, is 0-7, all CPUs, until the next boot")
                }, "\(lines)")
            #expect(
                try machine.tree.text("/slices/user.slice") == "0-7"
                    && machine.tree.text("/slices/system.slice") == "0-3")
            // The next claim begins with that.
            _ = try machine.tuner.apply(TunedMachine.tuning([.slices]))
            #expect(texts(try machine.tuner.restore()) == ["3 values restored"])
            #expect(try machine.tree.text("/slices/user.slice") == "0-7")
        } else {
            #expect(lines == ["3 values restored"])
            #expect(try machine.values() == before)
            for slice in ["user.slice", "init.scope"] { #expect(!machine.tree.root.exists(TunedMachine.dropIn(slice))) }
        }
        #expect(machine.tree.state.isEmpty)
    }

    @Test func aSliceThatAnotherProcessLimitedStays() throws {
        let machine = try TunedMachine()
        _ = try machine.tuner.apply(TunedMachine.tuning([.slices]))
        try machine.tree.write("/slices/user.slice", "0\n")
        let lines = try machine.tuner.restore()
        let report =
            "slices: slice:user.slice was not set, was set to 0-1, is 0: another process has changed it, leaving it"
        #expect(lines.first == JournalLine(report, isWarning: true))
        #expect(
            machine.tree.root.exists(TunedMachine.dropIn("user.slice"))
                && !machine.tree.root.exists(TunedMachine.dropIn("init.scope")))
    }

    @Test func tunedIsLeftAlone() throws {
        let machine = try TunedMachine()
        try machine.tree.write("/run/tuned/tuned.pid", "812\n")
        try machine.tree.write("/etc/tuned/active_profile", "throughput-performance\n")
        try machine.tree.write(
            "/usr/lib/tuned/throughput-performance/tuned.conf",
            "[main]\ninclude=base\n[sysctl]\nkernel.nmi_watchdog=1\n")
        try machine.tree.write("/usr/lib/tuned/profiles/base/tuned.conf", "[cpu]\ngovernor=powersave\n")
        func governor() throws -> String {
            try machine.tree.text("/sys/devices/system/cpu/cpufreq/policy0/scaling_governor")
        }
        // One that does not run has nothing.
        _ = try machine.tuner.apply(TunedMachine.tuning())
        #expect(try governor() == "performance")
        _ = try machine.tuner.restore()
        try machine.tree.directory("/proc/812")
        let lines = try machine.tuner.apply(TunedMachine.tuning())
        let left = "set by tuned's profile throughput-performance, leaving it"
        #expect(texts(lines).filter { $0.hasSuffix(left) } == ["nmi-watchdog: \(left)", "governor: \(left)"])
        #expect(try governor() == "powersave" && machine.tree.text("/sys/kernel/mm/ksm/run") == "0")
    }
}
