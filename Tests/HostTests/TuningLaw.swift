import HostActions
import Linux
import TestSupport
import Testing
import Tuning

/// Values of `/proc` and `/sys`, slices, irqbalance.
enum TuningLaw {
    /// One value; another process writes `change`.
    private static func host(
        _ item: TuningItem, _ file: String, change: String? = nil, cpusets: TunedMachine.Cpusets = .missing
    ) throws -> LawTests.Host {
        let machine = try TunedMachine(cpusets: cpusets)
        return LawTests.Host {
            let text = try machine.tree.text(file)
            return text.isEmpty ? "not set" : text
        } claim: {
            _ = try machine.tuner.apply(TunedMachine.tuning([item]))
        } change: {
            if let change { try machine.tree.write(file, change + "\n") }
        } release: {
            let lines = try machine.tuner.restore()
            #expect(machine.tree.state.isEmpty)
            return lines.filter(\.isWarning).map(\.text)
        }
    }

    /// The daemon is asked nothing for a state: it shows what it was asked.
    private static func irqBalance(change: String? = nil) throws -> LawTests.Host {
        let tree = try Tree()
        let tuner = Tuner(HostFilesystem(tree.root))
        let daemon = try FakeIRQBalance(tree, banned: "00000000", other: change, count: change == nil ? 4 : 3)
        return LawTests.Host {
            withExtendedLifetime(tree) { daemon.banned }
        } claim: {
            _ = try tuner.apply(TunedMachine.tuning([.irqBalance]))
        } release: {
            let lines = try tuner.restore()
            _ = daemon.questions
            return lines.filter(\.isWarning).map(\.text)
        }
    }

    private static let watchdog = "/proc/sys/kernel/nmi_watchdog"
    private static let interval = "/proc/sys/vm/stat_interval"
    private static let workqueues = "/sys/devices/virtual/workqueue/cpumask"
    private static let interrupt = "/proc/irq/24/smp_affinity_list"
    private static let hugepages = "/sys/kernel/mm/transparent_hugepage/enabled"
    private static let governor = "/sys/devices/system/cpu/cpufreq/policy0/scaling_governor"
    private static let user = "/slices/user.slice"

    static let cases: [LawTests.Case] = [
        .init("sysctl") { try host(.nmiWatchdog, watchdog) },
        .init("sysctl", change: "writes 5", after: "5") { try host(.statistics, interval, change: "5") },
        .init("sysctl", change: "writes the value before") { try host(.nmiWatchdog, watchdog, change: "1") },
        .init("workqueues") { try host(.workqueues, workqueues) },
        .init("workqueues", change: "writes f", after: "0000000f") {
            try host(.workqueues, workqueues, change: "0000000f")
        },
        .init("interrupt") { try host(.interrupts, interrupt) },
        .init("interrupt", change: "writes 5", after: "5") { try host(.interrupts, interrupt, change: "5") },
        .init("transparent hugepages") { try host(.transparentHugepages, hugepages) },
        .init("governor", change: "writes ondemand", after: "ondemand") {
            try host(.governor, governor, change: "ondemand")
        },
        .init("slice") { try host(.slices, user) },
        .init("slice, kernel empties cpusets") { try host(.slices, user, cpusets: .emptied) },
        // All CPUs are what "not set" means; the drop-in is gone after the next boot.
        .init("slice, kernel keeps cpusets", after: "0-7", isReported: false) {
            try host(.slices, user, cpusets: .neverEmptied)
        },
        .init("slice", change: "sets AllowedCPUs=0", after: "0") { try host(.slices, user, change: "0") },
        .init("slice, limited before") { try host(.slices, "/slices/system.slice") },
        .init("irqbalance") { try irqBalance() },
        .init("irqbalance", change: "bans CPU 0", after: "00000001") { try irqBalance(change: "00000001") },
    ]
}
