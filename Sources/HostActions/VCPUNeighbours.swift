package import Diagnostics
import Linux
import Values

/// The threads of a guest's QEMU that have the CPU of a vCPU without being one: the kernel has
/// created them on behalf of a vCPU's thread, and they have its CPUs and its control group. Since
/// Linux 6.12 `kvm-nx-lpage-recovery` is such a thread, created when a vCPU runs for the first time
/// (kernel: arch/x86/kvm/mmu/mmu.c, kvm_mmu_start_lpage_recovery). libvirt does not know of them.
package struct VCPUNeighbours: Sendable {
    /// A thread of QEMU.
    struct Thread: Hashable {
        var id: Int
        var name: String
        var allowed: CPUSet

        /// libvirt gives vCPUs' threads such names (`debug-threads=on`).
        var isVCPU: Bool { name.hasPrefix("CPU ") }
    }

    /// Limits a thread to CPUs.
    typealias Pin = @Sendable (_ cpus: [Int], _ thread: Int) throws(SystemError) -> Void

    let guest: String
    let pin: Pin

    /// Those of a guest, with a way to limit them of their own: a test has no kernel.
    init(of guest: String, pin: @escaping Pin) {
        self.guest = guest
        self.pin = pin
    }

    /// Those of a guest.
    package init(of guest: String) {
        self.init(of: guest) { cpus, thread throws(SystemError) in try Affinity.set(cpus, ofThread: thread) }
    }

    /// The threads among those of process `main` that have exactly the CPUs of a vCPU.
    static func find(among threads: [Thread], main: Int) -> [Thread] {
        let pinned = Set(threads.filter(\.isVCPU).map(\.allowed))
        guard let own = threads.first(where: { $0.id == main })?.allowed else { return [] }
        return threads.filter { !$0.isVCPU && $0.id != main && $0.allowed != own && pinned.contains($0.allowed) }
    }

    /// Moves them to the control group and the CPUs of QEMU's main thread, which are the
    /// emulator's; returns a line for each. Throws `unit-not-active`, `thread-not-moved`.
    package func move(on host: HostFilesystem) throws(Problem) -> [String] {
        guard let process = QEMUProcess(guest: guest, in: host.root)?.id else {
            throw Problem(
                .unitNotActive, "guest \(guest): QEMU is not running",
                remedy: "run 'systemctl start pvp-guest@\(guest)'")
        }
        let threads = Self.threads(of: process, in: host.root)
        guard let main = threads.first(where: { $0.id == process }) else { return [] }
        var lines: [String] = []
        for thread in Self.find(among: threads, main: process) {
            let subject = "guest \(guest): thread \(thread.name) (\(thread.id))"
            do throws(SystemError) {
                for group in Self.groups(of: thread.id, asIn: process, in: host.root) {
                    try host.write(group, "\(thread.id)")
                }
                try pin(main.allowed.cpus, thread.id)
            } catch {
                // It may have ended.
                if Self.thread(thread.id, of: process, in: host.root) == nil { continue }
                throw Problem(
                    .threadNotMoved,
                    "\(subject): cannot be moved from CPUs \(thread.allowed) to \(main.allowed): \(error.call): "
                        + "\(error.reason)",
                    remedy:
                        "run 'taskset -cp \(main.allowed) \(thread.id)'; the guest runs, with this thread on the CPU "
                        + "of a vCPU"
                )
            }
            lines.append("\(subject) moved from CPUs \(thread.allowed) to \(main.allowed)")
        }
        return lines
    }

    private static func threads(of process: Int, in root: Root) -> [Thread] {
        ((try? root.list("/proc/\(process)/task")) ?? []).compactMap { Int($0) }.compactMap {
            thread($0, of: process, in: root)
        }
    }

    private static func thread(_ id: Int, of process: Int, in root: Root) -> Thread? {
        let directory = "/proc/\(process)/task/\(id)"
        let key = "Cpus_allowed_list:"
        guard let name = try? root.text("\(directory)/comm"), let status = try? root.text("\(directory)/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
            let allowed = CPUSet(String(line.dropFirst(key.count)))
        else { return nil }
        return Thread(id: id, name: name, allowed: allowed)
    }

    /// The files that a thread's number is written to in order to move it into the control groups
    /// of the process that can limit CPUs and that it is not in already (cgroups(7)).
    private static func groups(of thread: Int, asIn process: Int, in root: Root) -> [String] {
        let own = Set(((try? root.text("/proc/\(process)/task/\(thread)/cgroup")) ?? "").split(separator: "\n"))
        let wanted = ((try? root.text("/proc/\(process)/cgroup")) ?? "").split(separator: "\n")
        return wanted.filter { !own.contains($0) }.compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            if fields[0] == "0" { return "/sys/fs/cgroup\(fields[2])/cgroup.threads" }
            return fields[1].split(separator: ",").contains("cpuset") ? "/sys/fs/cgroup/cpuset\(fields[2])/tasks" : nil
        }
    }
}
