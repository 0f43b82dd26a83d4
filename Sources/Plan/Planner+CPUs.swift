import Config
import Diagnostics
import HostTopology

extension Planner {
    /// The core that is left to the host on each node: the one of CPU 0, elsewhere the node's first. Main lcores and emulator threads live there,
    /// so that nothing of a chain has to cross to another node.
    func reservedCore(_ node: Int) -> CPUSet {
        guard let cpus = host.node(node)?.cpus, let first = cpus.first else { return CPUSet() }
        return host.core(of: cpus.contains(0) ? 0 : first)
    }

    /// Cores on a node that can still be given away, lowest first.
    func freeCores(on node: Int) -> [CPUSet] {
        guard let cpus = host.node(node)?.cpus else { return [] }
        var allowed = cpus.subtracting(reservedCore(node)).subtracting(taken).subtracting(promised)
        if let given = config.host.isolatedCPUs.value { allowed = allowed.intersection(given) }
        return host.cores.filter { core in core.first.map { allowed.contains($0) } ?? false }
    }

    /// Gives `count` CPUs away, each the first thread of a core of its own; the core's other threads stay idle. `nil` when there are not as many.
    mutating func takeCores(_ count: Int, on node: Int) -> [Int]? {
        let cores = freeCores(on: node).prefix(count)
        guard cores.count == count else { return nil }
        for core in cores { taken = taken.union(core) }
        return cores.compactMap(\.first)
    }

    /// Checks CPUs that were given by hand and gives them away. `who` names the setting's owner. Nothing is given away when a check fails.
    mutating func takeGiven(_ cpus: CPUSet, for who: String, on node: Int, at location: SourceLocation?) -> Bool {
        let before = problems.count
        let offline = cpus.subtracting(host.online)
        if !offline.isEmpty {
            report(
                "cpu-offline", "\(who): CPUs=\(cpus) names \(offline), online are \(host.online)", remedy: "choose CPUs that are online",
                at: location)
        }
        if cpus.contains(0) {
            report("cpu-zero", "\(who): CPUs=\(cpus) names CPU 0, which is the host's own", remedy: "choose other CPUs", at: location)
        }
        let shared = cpus.intersection(taken)
        if !shared.isEmpty {
            report(
                "cpu-taken", "\(who): CPUs \(shared) are given to somebody else already, or are threads of such a core",
                remedy: "choose others, or CPUs=auto", at: location)
        }
        guard problems.count == before else { return false }
        let far = CPUSet(cpus.cpus.filter { host.node(of: $0) != node })
        if !far.isEmpty {
            report(
                "cpu-far",
                "\(who): CPUs \(far) are not on NUMA node \(node), where the NICs are: every packet will cross the link between sockets",
                remedy: "choose CPUs of node \(node): \(host.node(node)?.cpus.description ?? "")", severity: .warning, at: location)
        }
        for cpu in cpus.cpus { taken = taken.union(host.core(of: cpu)) }
        return true
    }

    /// The node that the chain is on: that of the first NIC which has one.
    func chainNode(_ nics: [Plan.NIC]) -> Int {
        nics.lazy.compactMap(\.node).first ?? host.nodes.first { !$0.cpus.isEmpty }?.id ?? 0
    }

    /// Reports that `count` cores could not be had.
    mutating func reportShortage(_ code: String, _ who: String, _ count: Int, on node: Int, setting: String, at location: SourceLocation?) {
        let free = freeCores(on: node)
        let found = free.isEmpty ? "none is left" : "\(free.count) left: CPUs \(CPUSet(free.compactMap(\.first)))"
        let fit = free.isEmpty ? "lower the settings of the others" : "\(setting)=\(free.count) would fit"
        report(
            code,
            "\(who) needs \(count) physical cores of its own on NUMA node \(node) beside the host's (CPUs \(reservedCore(node))), \(found)",
            remedy: fit, at: location)
    }
}
