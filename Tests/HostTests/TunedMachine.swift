import Diagnostics
import Foundation
import HostActions
import Linux
import TestSupport
import Testing
import Tuning
import Values

/// A machine with everything that tuning changes, as a tree of files, and a kernel and a systemd
/// that answer.
final class TunedMachine: Sendable {
    static let handlers = [24: "eth0", 25: "nvme0q1", 26: "eth1"]
    let tree: Tree
    /// Interrupts that the kernel does not move.
    let managed: Set<Int>

    /// What the kernel does with the cpusets of slices.
    enum Cpusets { case missing, emptied, neverEmptied }
    let cpusets: Cpusets

    init(managed: Set<Int> = [], cpusets: Cpusets = .missing) throws {
        self.managed = managed
        self.cpusets = cpusets
        tree = try Tree([
            "/proc/sys/kernel/nmi_watchdog": "1\n", "/proc/sys/kernel/numa_balancing": "1\n",
            "/proc/sys/vm/stat_interval": "1\n",
            "/proc/sys/kernel/sched_rt_runtime_us": "950000\n", "/proc/irq/default_smp_affinity": "ff\n",
            "/sys/devices/virtual/workqueue/cpumask": "000000ff\n",
            "/sys/devices/virtual/workqueue/writeback/cpumask": "000000ff\n",
            "/sys/devices/virtual/workqueue/uevent": "", "/sys/kernel/mm/ksm/run": "1\n",
            "/sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
            "/sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "powersave\n",
            "/sys/devices/system/cpu/cpufreq/policy0/scaling_available_governors": "performance powersave\n",
            "/sys/devices/system/cpu/intel_pstate/no_turbo": "0\n",
            "/sys/devices/system/machinecheck/machinecheck0/ignore_ce": "0\n",
            "/sys/devices/system/cpu/cpu6/online": "1\n",
            "/sys/devices/system/cpu/cpu6/topology/thread_siblings_list": "2,6\n",
            "/sys/devices/system/cpu/cpu7/online": "1\n",
            "/sys/devices/system/cpu/cpu7/topology/thread_siblings_list": "3,7\n",
            "/proc/irq/27/smp_affinity_list": "0-7\n", "/slices/init.scope": "", "/slices/system.slice": "0-3\n",
            "/slices/user.slice": "",
        ])
        for (number, handler) in Self.handlers {
            try tree.write("/proc/irq/\(number)/smp_affinity_list", "0-7\n")
            try tree.directory("/proc/irq/\(number)/\(handler)")
        }
        guard cpusets != .missing else { return }
        try tree.write("/sys/devices/system/cpu/possible", "0-7\n")
        for (slice, cpus) in ["init.scope": "", "system.slice": "0-3", "user.slice": ""] {
            try tree.write(Self.cpuset(slice), "\(cpus)\n")
        }
    }

    static func cpuset(_ slice: String) -> String { "/sys/fs/cgroup/\(slice)/cpuset.cpus" }
    static func dropIn(_ slice: String) -> String { "/run/systemd/system.control/\(slice).d/50-AllowedCPUs.conf" }

    static func tuning(_ items: TuningItems = .all) -> Tuning {
        Tuning(
            isolated: CPUSet("2-7") ?? CPUSet(), housekeeping: CPUSet("0-1") ?? CPUSet(),
            siblings: CPUSet("6-7") ?? CPUSet(), items: items)
    }

    var tuner: Tuner {
        Tuner(
            HostFilesystem(tree.root, write: { [self] path, value throws(SystemError) in try write(path, value) }),
            slices: self)
    }

    /// The kernel: shows a value in its own way, and refuses what it must.
    private func write(_ path: String, _ value: String) throws(SystemError) {
        guard tree.root.exists(path) else { throw SystemError("open", path, code: ENOENT) }
        if managed.contains(where: { path == "/proc/irq/\($0)/smp_affinity_list" }) {
            throw SystemError("write", path, code: EIO)
        }
        var text = value
        if path.hasPrefix("/sys/fs/cgroup/"), cpusets == .neverEmptied, value == "\n", (try? tree.text(path)) != "" {
            throw SystemError("write", path, code: ENOSPC)
        }
        if path.contains("transparent_hugepage") {
            text = ["always", "madvise", "never"].map { $0 == value ? "[\($0)]" : $0 }.joined(separator: " ")
        } else if path.hasSuffix("/cpumask") {
            text = String(repeating: "0", count: 8 - value.utf8.count) + value
        }
        try tree.root.replace(path, with: Array((text + "\n").utf8))
    }

    /// Every value, by path.
    func values() throws -> [String: String] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: tree.path).filter { !$0.hasPrefix("run") }
        return try files.reduce(into: [:]) { values, file in
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: tree.root.path("/\(file)"), isDirectory: &isDirectory)
            if !isDirectory.boolValue { values[file] = try tree.text("/\(file)") }
        }
    }
}

/// systemd: has the values in files of the tree, writes a drop-in, and sets the cpuset.
extension TunedMachine: SliceControl {
    func allowedCPUs(of slice: String) throws(Problem) -> CPUSet {
        let text = failing { try tree.text("/slices/\(slice)") }
        return text.flatMap { CPUSet($0) } ?? CPUSet()
    }

    func setAllowedCPUs(_ cpus: CPUSet, of slice: String) throws(Problem) {
        let done: Void? = failing {
            try tree.write("/slices/\(slice)", "\(cpus)\n")
            try tree.write(Self.dropIn(slice), "[Slice]\nAllowedCPUs=\(cpus)\n")
            if cpusets == .missing { return }
            let isStuck = try cpusets == .neverEmptied && cpus.isEmpty && !tree.text(Self.cpuset(slice)).isEmpty
            #expect(!isStuck, "systemd logs an error: it cannot empty the cpuset of \(slice)")
            try tree.write(Self.cpuset(slice), "\(cpus)\n")
        }
        if done == nil { throw Problem(.systemdRefused, slice, remedy: "") }
    }

    private func failing<R>(_ body: () throws -> R) -> R? { try? body() }
}
