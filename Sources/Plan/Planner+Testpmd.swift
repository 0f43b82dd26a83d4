import Config
import Diagnostics
import HostTopology

extension Planner {
    /// Plans a testpmd for all NICs. `nil` when it cannot be had; the reason is reported.
    mutating func planTestpmd(_ section: TestpmdSection, nics: [Plan.NIC]) -> TestpmdPlan? {
        guard let name = section.name, let binary = section.binary else { return nil }
        let who = "testpmd \(name)"
        guard nics.count >= 2, nics.count % 2 == 0 else {
            // A NIC that was refused has told already.
            guard config.isComplete, nics.count >= config.nics.count, !nics.isEmpty else { return nil }
            report(
                "nic-pairs", "\(who): NICs forward to each other in pairs, there \(nics.count == 1 ? "is 1" : "are \(nics.count)")",
                remedy: "add a [NIC] section with PCIAddress= for each", at: section.location)
            return nil
        }
        let node = chainNode(nics)
        for nic in nics {
            guard let other = nic.node, other != node else { continue }
            report(
                "nic-far",
                "NIC \(nic.name) is on NUMA node \(other), the chain on node \(node): its packets will cross the link between sockets",
                remedy: "use NICs of one node", severity: .warning, at: section.location)
        }
        // One vhost-user port for each NIC.
        let streams = nics.count * 2 * section.queues
        let lcores: CPUSet
        if let given = section.cpus.value {
            if let count = section.forwardingLcores.value, count != given.count {
                report(
                    "lcores-differ", "\(who): ForwardingLcores=\(count), but CPUs=\(given) names \(given.count)",
                    remedy: "leave one of the two out", at: section.location)
                return nil
            }
            guard takeGiven(given, for: who, on: node, at: section.location) else { return nil }
            lcores = given
        } else {
            let count = section.forwardingLcores.value ?? streams
            guard let cpus = takeCores(count, on: node) else {
                reportShortage("lcores-short", who, count, on: node, setting: "ForwardingLcores", at: section.location)
                return nil
            }
            lcores = CPUSet(cpus)
        }
        if lcores.count > streams {
            report(
                "lcores-idle",
                "\(who): \(lcores.count) forwarding lcores for \(streams) queues, \(lcores.count - streams) will have nothing to do",
                remedy: "set ForwardingLcores=\(streams) or less", severity: .warning, at: section.location)
        }
        let pages = takePages(section.memory, on: node)
        return TestpmdPlan(
            name: name, binary: binary, mainLcore: reservedCore(node).first ?? 0, forwardingLcores: lcores, node: node,
            // Memory is handed out in whole pages.
            memory: UInt64(pages) * config.hugepages.pageSize.bytes, hasNUMAMem: host.dpdk?.hasNUMAMem ?? false,
            nics: nics.map { $0.address }, isBifurcated: nics.contains { $0.driver == .none }, vhosts: [], portList: [],
            forwardMode: section.forwardMode, queues: section.queues,
            descriptors: section.descriptors)
    }
}
