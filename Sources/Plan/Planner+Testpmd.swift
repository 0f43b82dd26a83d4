import Config
import Diagnostics
import HostTopology
import Values

extension Planner {
    /// Plans a testpmd for its NICs and the interfaces of its guests. `nil` if resources are
    /// missing; the reason is reported.
    mutating func planTestpmd(_ section: TestpmdSection, _ ports: PortTopology.Ports) -> TestpmdPlan? {
        guard let name = section.name else { return nil }
        let owner = "testpmd \(name)"
        // A NIC that was refused has been reported already.
        guard ports.isComplete else { return nil }
        var options = section.options
        if let program = builtProgram(options.build, .dpdk, insteadOf: "Binary", for: owner, in: section) {
            options.binary = program
        }
        let hasOwnArguments = checkArguments(of: section, owner)
        guard hasPairs(ports, section), hasOwnArguments else { return nil }
        let nics = ports.nics
        guard let node = node(section.numaNode, or: home(of: nics), for: owner, in: section) else { return nil }
        for nic in nics {
            guard let other = nic.node, other != node else { continue }
            report(
                .nicFar,
                "NIC \(nic.name): on NUMA node \(other), its testpmd on node \(node): packets cross the link between "
                    + "the sockets",
                remedy: "use NICs of one NUMA node, and set NUMANode= to that node", severity: .warning,
                at: section.location)
        }
        // Before there is a guest, lcores are counted as for one.
        let planned = ports.interfaces.isEmpty ? nics.count : ports.interfaces.count
        let vhosts = isInGuest ? 0 : planned
        let streams = (nics.count + vhosts) * section.queues
        let request = CPURequest(
            given: section.cpus, count: section.forwardingLcores, defaultCount: streams, setting: "ForwardingLcores",
            short: .lcoresShort, differ: .lcoresDiffer)
        // Nothing is reserved unless memory, CPUs and packet buffers all suffice.
        var trial = self
        let taken = trial.take(section.memory, request, for: owner, on: node, in: section)
        guard let lcores = taken else {
            problems = trial.problems
            return nil
        }
        let queues = 2 * streams
        guard hasRoom(for: PacketBuffers(section.options, lcores: lcores.count), queues: queues, of: owner, in: section)
        else {
            return nil
        }
        self = trial
        if lcores.count > streams {
            report(
                .lcoresIdle,
                "\(owner): \(lcores.count) forwarding lcores for \(streams) queues, \(lcores.count - streams) are idle",
                remedy: "set ForwardingLcores=\(streams) or less", severity: .warning, at: section.location)
        }
        if let main = section.mainLcore.value {
            housekeepers.append(
                HousekeepingAssignment(
                    owner: owner, key: "MainLcore", cpus: CPUSet([main]), node: node,
                    location: section.location(of: "MainLcore")))
        }
        let mainLcore = section.mainLcore.value ?? cpus.reserved(node).first ?? 0
        // Memory is handed out in whole pages.
        let memory = UInt64(pageCount(section.memory)) * config.hugepages.pageSize.bytes
        let others = nics.compactMap(\.node) + ([mainLcore] + lcores).compactMap { cpus.node(of: $0) }
        return TestpmdPlan(
            name: name, mainLcore: mainLcore, forwardingLcores: CPUSet(lcores), node: node, memory: memory,
            memoryLimits: memoryLimits(memory, on: node, unlimited: others),
            nics: nics.map { TestpmdPlan.Device(address: $0.address, options: $0.options) }, isInGuest: isInGuest,
            hasNoIOMMU: nics.contains(where: \.hasNoIOMMU), vhosts: [], portList: [], options: options,
            release: options.build.flatMap { builds[$0]?.version })
    }

    /// Whether its packet buffers fit into its memory; that they do not is reported.
    private mutating func hasRoom(for buffers: PacketBuffers, queues: Int, of owner: String, in section: TestpmdSection)
        -> Bool
    {
        let page = config.hugepages.pageSize.bytes
        let needed = buffers.memory(queues: queues, descriptors: section.descriptors)
        if needed <= UInt64(pageCount(section.memory)) * page { return true }
        let required = "\(UInt64(pageCount(needed)) * page >> 20)M"
        let sizes = buffers.sizes.map(String.init).joined(separator: " and ")
        let given = ["MbufCount", "MbufSize"].first { !section.source.assignments(of: $0).isEmpty }
        report(
            .packetBuffers,
            "\(owner): Memory=\(section.memory >> 20)M: \(buffers.count) packet buffers of \(sizes) bytes require "
                + "\(required)",
            remedy: "set Memory=\(required) or more, or a smaller MbufCount=",
            at: section.location(of: given ?? "Memory"))
        return false
    }

    /// Whether its NICs can forward to each other. An odd number is valid if [Interface] sections
    /// define the pairs.
    private mutating func hasPairs(_ ports: PortTopology.Ports, _ section: TestpmdSection) -> Bool {
        let count = ports.nics.count
        let isDeclared = ports.interfaces.contains { $0.section != nil }
        // One that is alone in a guest sends back what it gets.
        if count >= 2 && count % 2 == 0 || count > 0 && isDeclared || count == 1 && isInGuest { return true }
        guard config.isComplete, !config.nics.isEmpty else { return false }
        report(
            .portPairs,
            "testpmd \(section.name ?? ""): NICs forward to each other in pairs, there "
                + "\(count == 1 ? "is 1" : "are \(count)")",
            remedy: "add a [NIC] section with PCIAddress=, or define the pairs with [Interface] sections",
            at: section.location)
        return false
    }

    /// The limits for `--socket-limit`, without which DPDK takes pages of other nodes that are
    /// planned for guests: its control threads and vhost's virtqueues allocate on the node of their
    /// CPUs and of the guest. 0 is no limit (DPDK: lib/eal/common/eal_common_dynmem.c), so a node
    /// without planned memory gets 1 MiB. On an `unlimited` node there is a NIC or an lcore of this
    /// testpmd, and testpmd exits if it gets no memory there.
    private func memoryLimits(_ memory: UInt64, on node: Int, unlimited: [Int]) -> [Int] {
        // RTE_MAX_NUMA_NODES (DPDK: config/meson.build)
        let nodes = host.nodes.map(\.id).filter { $0 < 32 }
        guard nodes.count > 1, let last = nodes.max() else { return [] }
        return (0...last).map { other in
            if other == node { return Int(memory >> 20) }
            return unlimited.contains(other) ? 0 : 1
        }
    }

    /// The node that a chain is on: that of the first NIC which has one.
    private func home(of nics: [Plan.NIC]) -> Int {
        nics.lazy.compactMap(\.node).first ?? host.nodes.first { !$0.cpus.isEmpty }?.id ?? 0
    }
}
