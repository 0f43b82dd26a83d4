import Config
import HostTopology
import Values

/// The cores of a machine: the free ones, and the owners of the others.
struct CPUPool {
    /// Assigned CPUs, with the other threads of their cores.
    private(set) var taken = CPUSet()
    private var nodes: [Node] = []
    private let host: HostTopology
    private let smt: SMT
    /// The index of the core, and of the node, of each CPU; -1 if the CPU is offline.
    private var coreOf: [Int]
    private var nodeOf: [Int]

    /// The cores of one node.
    private struct Node {
        var id: Int
        /// The core that is left to the host.
        var reserved = CPUSet()
        /// Cores that are not assigned yet, lowest first.
        var free: ArraySlice<CPUSet> = []
        /// How many cores each has.
        var users: [Allocation] = []
    }

    /// `pinned` are the CPUs that sections name: with their SMT siblings they are reserved for
    /// these sections. Only those `within` are assigned.
    init(_ host: HostTopology, pinned: [CPUSet], within: CPUSet?, smt: SMT) {
        self.host = host
        self.smt = smt
        let count = (host.online.last ?? 0) + 1
        coreOf = [Int](repeating: -1, count: count)
        nodeOf = coreOf
        for (index, core) in host.cores.enumerated() {
            for cpu in core.cpus where cpu < count { coreOf[cpu] = index }
        }
        for (index, node) in host.nodes.enumerated() {
            for cpu in node.cpus.cpus where cpu < count { nodeOf[cpu] = index }
        }
        var kept = CPUSet()
        for cpus in pinned { for cpu in cpus.cpus { kept.formUnion(core(of: cpu)) } }
        for node in host.nodes {
            let cores =
                node.cpus.contains(0)
                ? [core(of: 0)] : host.cores.filter { $0.first.map { node.cpus.contains($0) } ?? false }
            nodes.append(
                Node(id: node.id, reserved: cores.first { $0.intersection(kept).isEmpty } ?? cores.first ?? CPUSet()))
        }
        for node in nodes { kept.formUnion(node.reserved) }
        for core in host.cores {
            guard let first = core.first, !kept.contains(first), within?.contains(first) ?? true,
                let index = nodeIndex(of: first)
            else {
                continue
            }
            nodes[index].free.append(core)
        }
    }

    /// The core that a CPU is a thread of; the CPU alone when it is offline.
    func core(of cpu: Int) -> CPUSet {
        coreOf.indices.contains(cpu) && coreOf[cpu] >= 0 ? host.cores[coreOf[cpu]] : CPUSet([cpu])
    }

    /// The number of the node that a CPU is on.
    func node(of cpu: Int) -> Int? { nodeIndex(of: cpu).map { nodes[$0].id } }

    private func nodeIndex(of cpu: Int) -> Int? { nodeOf.indices.contains(cpu) && nodeOf[cpu] >= 0 ? nodeOf[cpu] : nil }

    /// The core that is left to the host on a node: the core of CPU 0, elsewhere the first that no
    /// section names. Main lcores and emulator threads run there, so that nothing of a chain has to
    /// cross to another node.
    func reserved(_ node: Int) -> CPUSet { nodes.first { $0.id == node }?.reserved ?? CPUSet() }

    /// Returns the cores of a node that are not assigned yet, lowest first.
    func freeCores(on node: Int) -> ArraySlice<CPUSet> { nodes.first { $0.id == node }?.free ?? [] }

    /// Assigns `count` CPUs: the first thread of a core each, or all threads of as many cores as
    /// required. Two owners never share a core, and threads that are not used stay idle. `nil` when
    /// there are not as many.
    mutating func take(_ count: Int, for owner: String, on node: Int) -> [Int]? {
        guard let index = nodes.firstIndex(where: { $0.id == node }) else { return nil }
        let cores = nodes[index].free
        var cpus: [Int] = []
        var used = 0
        for core in cores where cpus.count < count {
            if smt == .use { cpus += core.cpus } else if let first = core.first { cpus.append(first) }
            used += 1
        }
        guard cpus.count >= count else { return nil }
        for core in cores.prefix(used) { taken.formUnion(core) }
        nodes[index].free = cores.dropFirst(used)
        nodes[index].users.append(Allocation(owner: owner, count: used))
        return Array(cpus.prefix(count))
    }

    /// Assigns the CPUs that a section names.
    mutating func take(_ given: CPUSet, for owner: String, on node: Int) {
        let before = taken.count
        for cpu in given.cpus { taken.formUnion(core(of: cpu)) }
        guard taken.count > before else { return }
        let user = Allocation(owner: owner, count: Set(given.cpus.map { core(of: $0).first }).count)
        if let index = nodes.firstIndex(where: { $0.id == node }) {
            nodes[index].users.append(user)
        } else {
            nodes.append(Node(id: node, users: [user]))
        }
    }

    /// Returns the owners of the cores of a node: `testpmd testpmd 4, guest a 3`.
    func usersText(on node: Int) -> String { describe(nodes.first { $0.id == node }?.users ?? []) }
}

/// An owner, and how many cores or pages it has.
struct Allocation {
    var owner: String
    var count: Int
}

/// `testpmd testpmd 4, guest a 3`, and when there are many the sum of the rest.
func describe(_ users: [Allocation]) -> String {
    let shown = users.count > 5 ? users.prefix(4) : users[...]
    let rest = users.dropFirst(shown.count)
    let texts =
        shown.map { "\($0.owner) \($0.count)" }
        + (rest.isEmpty ? [] : ["\(rest.count) others \(rest.reduce(0) { $0 + $1.count })"])
    return texts.joined(separator: ", ")
}
