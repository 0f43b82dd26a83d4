import Config
import HostTopology
import Values

extension Planner {
    /// What belongs on the kernel's command line for the plan (kernel:
    /// Documentation/admin-guide/kernel-parameters.txt).
    func kernelArguments(isolated: CPUSet, housekeeping: CPUSet, hugepages: [Plan.Hugepages]) -> [KernelArgument] {
        var arguments: [KernelArgument] = []
        func add(_ text: String, _ reason: String) { arguments.append(KernelArgument(text: text, reason: reason)) }
        if !hugepages.isEmpty {
            let size = config.hugepages.pageSize.rawValue
            var counts: UTF8StringBuilder = "hugepages="
            for (index, node) in hugepages.enumerated() {
                if index > 0 { counts += "," }
                // Without NODE:PAGES the kernel spreads pages over all nodes (kernel:
                // admin-guide/kernel-parameters, hugepages=).
                counts += host.nodes.count > 1 ? "\(node.node):\(node.pages)" : "\(node.pages)"
            }
            add("default_hugepagesz=\(size)", "page size of /dev/hugepages")
            add("hugepagesz=\(size)", "page size of the next argument")
            add(counts.string, "memory of testpmd and the guests")
        }
        if !isolated.isEmpty {
            // Interrupts that the kernel manages itself, such as NVMe's, follow no other setting
            // (since Linux 5.6).
            add(
                "isolcpus=managed_irq,domain,\(isolated)",
                "no other process and no managed interrupts on lcores and vCPUs")
            add("nohz_full=\(isolated)", "no timer tick on them")
            add("rcu_nocbs=\(isolated)", "no RCU callbacks on them")
            add("irqaffinity=\(housekeeping)", "no device interrupts on them")
        }
        if config.nics.contains(where: { $0.driver == .vfioPCI }), !hasNoIOMMU {
            if host.iommu == .intel { add("intel_iommu=on", "VFIO needs the IOMMU") }
            add("iommu=pt", "no translation for devices that the host keeps")
        }
        for argument in config.host.kernelArguments { add(argument, "KernelArguments=") }
        return arguments
    }
}
