import Config
import Diagnostics
import HostTopology
import Linux
import Plan
import Values

extension HostCheck {
    /// Whether each node has the planned pages, or can still give them.
    var pages: [Problem] {
        plan.hugepages.compactMap { wanted in
            let node = "/sys/devices/system/node/node\(wanted.node)"
            let pool = "\(node)/hugepages/\(plan.pageSize.hugepageSize.directory)"
            let total = number("\(pool)/nr_hugepages") ?? 0
            let planned = "node \(wanted.node): \(wanted.pages) pages of \(plan.pageSize.rawValue) are planned"
            guard total >= wanted.pages else {
                return Problem(
                    .hugepagesShort, "\(planned), the kernel has \(total)",
                    remedy: "run 'pvpgen install' and reboot, or lower Memory= in [Guest] or [Testpmd]")
            }
            // Pages that are in use are ours once pvp-hugepages@ has taken them.
            let isOurs = root.exists("\(Root.state)/hugepages-node\(wanted.node)-\(plan.pageSize.rawValue)")
            guard !isOurs, let free = number("\(pool)/free_hugepages"), free < wanted.pages else { return nil }
            let memory = root.freeMemory("\(node)/meminfo")
            let isEnough = memory.map { $0 >= (wanted.pages - free) * plan.pageSize.hugepageSize.kibibytes } ?? false
            return Problem(
                .hugepagesUsed,
                "\(planned), the kernel has \(total), but other processes use \(total - free) of them"
                    + (memory.map { ", and \($0 >> 10) MiB of the node's memory are free" } ?? ""),
                remedy: isEnough
                    ? "start pvp.target, which tries to add \(wanted.pages - free), or reserve them with hugepages=\(total + wanted.pages - free) on the kernel command line"
                    : "stop the processes that use them, or add \(wanted.pages - free) at boot with KernelArguments= in [Host]",
                severity: isEnough ? .warning : .error)
        }
    }

    /// libvirt and DPDK look for hugetlbfs with the plan's page size; the kernel prints 1 GiB as
    /// `pagesize=1024M`.
    var mount: [Problem] {
        let size = plan.pageSize == .gigabyte ? "pagesize=1024M" : "pagesize=2M"
        let mounts = ((try? root.text("/proc/mounts")) ?? "").split(separator: "\n")
        guard !plan.hugepages.isEmpty, !mounts.contains(where: { $0.contains(" hugetlbfs ") && $0.contains(size) })
        else { return [] }
        return [
            Problem(
                .hugepagesUnmounted, "no hugetlbfs with pages of \(plan.pageSize.rawValue) is mounted",
                remedy: "run 'systemctl start dev-hugepages\(plan.pageSize.rawValue).mount', then restart libvirt")
        ]
    }
}
