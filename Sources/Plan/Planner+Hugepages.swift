import Config
import Diagnostics
import HostTopology

extension Planner {
    /// Takes the pages for a size of memory on a node; how many they are.
    @discardableResult mutating func takePages(_ memory: UInt64, for who: String, on node: Int) -> Int {
        let page = config.hugepages.pageSize.bytes
        let count = Int((memory + page - 1) / page)
        pages[node, default: 0] += count
        pageUsers[node, default: []].append((who, count))
        return count
    }

    /// Pages to reserve on each node: what is needed, and what was given by hand beyond that.
    mutating func planHugepages() -> [Plan.Hugepages] {
        var counts = pages
        let size = config.hugepages.pageSize
        let location = config.hugepages.location(of: "Pages")
        switch config.hugepages.pages.value {
        case .total(let total):
            // What is left over is on the first node that needs any.
            let needed = pages.values.reduce(0, +)
            if total < needed {
                tooFewPages(
                    "\(total) pages of \(size.rawValue)", "\(needed)", remedy: "set Pages=\(needed) or more, or Pages=auto, in [Hugepages]")
            } else if let first = pages.keys.min() {
                counts[first, default: 0] += total - needed
            }
        case .perNode(let perNode):
            for (node, needed) in pages.sorted(by: { $0.key < $1.key }) where perNode[node, default: 0] < needed {
                tooFewPages(
                    "\(perNode[node, default: 0]) pages of \(size.rawValue) on node \(node)", "\(needed)",
                    remedy: "set \(node):\(needed) or more, or Pages=auto, in [Hugepages]")
            }
            for node in perNode.keys.sorted() where host.node(node) == nil {
                report(
                    "node-missing",
                    "[Hugepages] Pages= names node \(node), this machine has \(host.nodes.map { "\($0.id)" }.joined(separator: ", "))",
                    remedy: "correct Pages=", at: location)
            }
            counts.merge(perNode) { max($0, $1) }
        case nil: break
        }
        if size == .megabytes, !pages.isEmpty {
            report(
                "pages-small", "[Hugepages] PageSize=2M: memory in small pages costs TLB misses with each packet",
                remedy: "set PageSize=1G if this CPU has such pages", severity: .warning, at: config.hugepages.location(of: "PageSize"))
        }
        for (node, count) in counts.sorted(by: { $0.key < $1.key }) { checkMemory(of: node, count) }
        return counts.filter { $0.value > 0 }.map { Plan.Hugepages(node: $0.key, pages: $0.value) }.sorted { $0.node < $1.node }
    }

    /// A machine that does not say how much memory it has is not doubted.
    private mutating func checkMemory(of node: Int, _ count: Int) {
        let size = config.hugepages.pageSize
        guard let memory = host.node(node)?.memory, UInt64(count) * size.bytes > memory,
            memory > 0 || host.nodes.contains(where: { $0.memory > 0 })
        else { return }
        let users = describe(pageUsers[node] ?? [])
        let others = host.nodes.filter { $0.memory > UInt64(count) * size.bytes }.map { "\($0.id)" }.joined(separator: " or ")
        report(
            "memory-short",
            "node \(node): \(count) pages of \(size.rawValue) are wanted\(users.isEmpty ? "" : " (\(users))"), the node has \(memory >> 20) MiB of memory",
            remedy: memory == 0 && !others.isEmpty
                ? "set NUMANode=\(others), which has memory, or use NICs there"
                : "lower Memory= in [Guest] or [Testpmd], or Pages= in [Hugepages]", at: config.hugepages.location)
    }

    private mutating func tooFewPages(_ given: String, _ needed: String, remedy: String) {
        report(
            "pages-short", "[Hugepages] Pages= gives \(given), testpmd and guests need \(needed)", remedy: remedy,
            at: config.hugepages.location(of: "Pages"))
    }
}
