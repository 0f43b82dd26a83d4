import Config
import Diagnostics
import HostTopology
import Values

/// What is needed of one node's memory.
struct NodeMemory {
    var node: Int
    var pages: Int
    var users: [Allocation]
}

extension Planner {
    /// The pages that a size of memory takes.
    func pageCount(_ memory: UInt64) -> Int {
        let page = config.hugepages.pageSize.bytes
        return Int((memory + page - 1) / page)
    }

    /// Takes memory and CPUs on a node. Both are tried, so that both are reported; nothing is taken
    /// if one is not available.
    mutating func take(
        _ size: UInt64, _ request: CPURequest, for owner: String, on node: Int, in section: some ConfigSection
    ) -> [Int]? {
        let count = pageCount(size)
        guard hasPages(count, for: owner, on: node, in: section) else {
            var trial = self
            _ = trial.takeCPUs(request, for: owner, on: node, in: section)
            problems = trial.problems
            return nil
        }
        guard let cpus = takeCPUs(request, for: owner, on: node, in: section) else { return nil }
        let user = Allocation(owner: owner, count: count)
        if let index = memory.firstIndex(where: { $0.node == node }) {
            memory[index].users.append(user)
            memory[index].pages += count
        } else {
            memory.append(NodeMemory(node: node, pages: count, users: [user]))
        }
        return cpus
    }

    private func pages(on node: Int) -> Int { memory.first { $0.node == node }?.pages ?? 0 }

    /// Whether a node has as many pages left; that it has not is reported. A machine that does not
    /// say how much memory it has is not doubted.
    private mutating func hasPages(_ count: Int, for owner: String, on node: Int, in section: some ConfigSection)
        -> Bool
    {
        guard host.nodes.contains(where: { $0.memory > 0 }) else { return true }
        let taken = pages(on: node)
        let all = Int((host.node(node)?.memory ?? 0) / config.hugepages.pageSize.bytes)
        if taken + count <= all { return true }
        reportMemory(owner, count, on: node, all: all, left: max(0, all - taken), at: section.location(of: "Memory"))
        return false
    }

    private mutating func reportMemory(
        _ owner: String, _ count: Int, on node: Int, all: Int, left: Int, at location: SourceLocation?
    ) {
        let size = config.hugepages.pageSize
        let users = describe(memory.first { $0.node == node }?.users ?? [])
        let others = host.nodes.filter { Int($0.memory / size.bytes) >= count + pages(on: $0.id) && !$0.cpus.isEmpty }
            .map { "\($0.id)" }.joined(separator: " or ")
        var fits: [String] = []
        if left > 0 {
            fits.append("Memory=\(UInt64(left) * size.bytes >> 20)M would fit, less what the host needs there")
        }
        if left == 0, all > 0 { fits.append("lower the Memory= of the others") }
        if !others.isEmpty { fits.append("NUMANode=\(others) has as much") }
        if fits.isEmpty { fits.append("use NICs of a node with memory") }
        report(
            .memoryShort,
            "\(owner): \(count) pages of \(size.rawValue) required on NUMA node \(node), which has memory for \(all), "
                + "\(left) left"
                + (users.isEmpty ? "" : "; in use by \(users)"),
            remedy: fits.joined(separator: "; "), at: location)
    }

    /// Pages to reserve on each node: what is needed, and what was given by hand beyond that.
    mutating func planHugepages() -> [Plan.Hugepages] {
        var counts = memory.map { Plan.Hugepages(node: $0.node, pages: $0.pages) }.sorted { $0.node < $1.node }
        let size = config.hugepages.pageSize
        switch config.hugepages.pages.value {
        case .total(let total):
            // What is left over is on the first node that needs any.
            let needed = counts.reduce(0) { $0 + $1.pages }
            if total < needed {
                tooFewPages(
                    "\(total) pages of \(size.rawValue)", "\(needed)",
                    remedy: "set Pages=\(needed) or more, or Pages=auto, in [Hugepages]")
            } else if !counts.isEmpty {
                counts[0].pages += total - needed
            }
        case .perNode(let perNode): take(perNode, over: &counts)
        case nil: break
        }
        if size == .megabytes, !memory.isEmpty {
            report(
                .pagesSmall, "[Hugepages] PageSize=2M: small pages cause TLB misses",
                remedy: "set PageSize=1G if the CPU supports such pages", severity: .warning,
                at: config.hugepages.location(of: "PageSize"))
        }
        for count in counts { checkMemory(of: count.node, count.pages) }
        return counts.filter { $0.pages > 0 }
    }

    /// Takes what was given for each node where it is more than is needed; where it is less is
    /// reported.
    private mutating func take(_ perNode: [Int: Int], over counts: inout [Plan.Hugepages]) {
        let size = config.hugepages.pageSize
        for needed in counts where perNode[needed.node, default: 0] < needed.pages {
            tooFewPages(
                "\(perNode[needed.node, default: 0]) pages of \(size.rawValue) on node \(needed.node)",
                "\(needed.pages)",
                remedy: "set \(needed.node):\(needed.pages) or more, or Pages=auto, in [Hugepages]")
        }
        for node in perNode.keys.sorted() where host.node(node) == nil {
            report(
                .nodeMissing,
                "[Hugepages] Pages=: NUMA node \(node) not found, expected one of "
                    + "\(host.nodes.map { "\($0.id)" }.joined(separator: ", "))",
                remedy: "correct Pages=", at: config.hugepages.location(of: "Pages"))
        }
        for (node, pages) in perNode {
            if let index = counts.firstIndex(where: { $0.node == node }) {
                counts[index].pages = max(counts[index].pages, pages)
            } else {
                counts.append(Plan.Hugepages(node: node, pages: pages))
            }
        }
        counts.sort { $0.node < $1.node }
    }

    /// Pages= must not exceed the memory of the node.
    private mutating func checkMemory(of node: Int, _ count: Int) {
        let size = config.hugepages.pageSize
        guard let memory = host.node(node)?.memory, memory > 0, UInt64(count) * size.bytes > memory else { return }
        report(
            .memoryShort,
            "[Hugepages] Pages=: \(count) pages of \(size.rawValue) requested on node \(node), which has "
                + "\(memory >> 20) MiB of memory",
            remedy: "lower Pages= in [Hugepages]", at: config.hugepages.location(of: "Pages"))
    }

    private mutating func tooFewPages(_ given: String, _ needed: String, remedy: String) {
        report(
            .pagesShort, "[Hugepages] Pages=: testpmd and guests require \(needed), got \(given)", remedy: remedy,
            at: config.hugepages.location(of: "Pages"))
    }
}
