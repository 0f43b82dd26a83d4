import Config
package import Diagnostics
import HostActions
import HostTopology
package import Linux
package import Plan
import Tuning
import Values

extension Snapshot {
    private static let interruptsFile = "\(Root.state)/interrupts"

    /// Looks at a machine; what cannot be read stays unknown. Its units are asked for elsewhere.
    package init(of root: Root, for plan: Plan) {
        self.init()
        func cpus(_ name: String) -> CPUSet? {
            (try? root.text("/sys/devices/system/cpu/\(name)")).flatMap { CPUSet($0 == "(null)" ? "" : $0) }
        }
        bootArguments = ((try? root.text("/proc/cmdline")) ?? "").split(separator: " ").map(String.init)
        isolated = cpus("isolated")
        tickless = cpus("nohz_full")
        for hugepages in plan.hugepages { pools[hugepages.node] = Pool(of: hugepages.node, plan.pageSize, in: root) }
        for nic in plan.nics { functions[nic.address] = Function(nic, in: root) }
        for parent in plan.parents {
            let function = PCIFunction(address: parent.address, root: root)
            guard function.exists else { continue }
            functions[parent.address] = Function(
                driver: function.driver,
                virtualFunctions: (try? root.text("\(function.directory)/sriov_numvfs")).flatMap { Int($0) })
        }
        findProcesses(plan, in: root)
        interrupts = InterruptCounts((try? root.text("/proc/interrupts")) ?? "")
        earlierInterrupts = (try? root.text(Self.interruptsFile)).map { InterruptCounts(kept: $0) }
        tuning = TuningState(reading: root, for: plan.tuning, slices: SystemdSlices())
        refused = Tuner.refused(in: root)
        if plan.tuning.wakeupLatency != nil, let bytes = try? root.bytes("/dev/cpu_dma_latency", limit: 4),
            bytes.count == 4
        {
            wakeupLatency = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// For the next look. Throws `state-unwritable`.
    package func rememberInterrupts(in root: Root) throws(Problem) {
        do throws(SystemError) {
            try root.makeDirectory(Root.state, mode: 0o700)
            try root.replace(Self.interruptsFile, with: Array(interrupts.text.utf8), mode: 0o600)
        } catch {
            throw error.problem(.stateUnwritable, remedy: "run the command as root, with /run writable")
        }
    }
}

extension Snapshot.Pool {
    fileprivate init?(of node: Int, _ size: PageSize, in root: Root) {
        guard let (total, free) = HugepagePool(node: node, size: size.hugepageSize).counts(in: root) else { return nil }
        self.init(total: total, free: free)
    }
}

extension Snapshot.Function {
    fileprivate init?(_ nic: Plan.NIC, in root: Root) {
        let function = PCIFunction(address: nic.address, root: root)
        guard function.exists else { return nil }
        let best = function.bestLink
        self.init(
            driver: function.driver, group: function.group,
            otherBoundFunctions: VFIOBinding(nic.address, with: nic.group).obstacles(in: root),
            // A virtual function has none of its own.
            link: nic.parent == nil ? function.link.flatMap { link in best.map { ("\(link)", "\($0)") } } : nil)
    }
}
