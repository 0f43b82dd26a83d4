import HostActions
import Linux
import TestSupport
import Testing
import Values

/// Hugepages.
enum PoolLaw {
    /// A pool of a kernel with memory enough. Another process adds pages, or removes them with a
    /// negative number; then there may be a second claim.
    private static func host(_ total: Int, free: Int, change: Int = 0, again: Int? = nil) throws -> LawTests.Host {
        let tree = try HugepagePoolTests.tree(total: total, free: free)
        let machine = HugepagePoolTests.machine(tree, limit: 1000)
        let pool = HugepagePool(node: 0, size: try #require(HugepageSize("1G")))
        let file = "\(HugepagePoolTests.directory)/nr_hugepages"
        return LawTests.Host {
            try tree.text(file) + " pages"
        } claim: {
            _ = try pool.reserve(5, on: machine)
        } change: {
            let now = try #require(Int(try tree.text(file)))
            try tree.write(file, "\(now + change)\n")
            if let again { _ = try pool.reserve(again, on: machine) }
        } release: {
            let lines = try pool.release(on: machine)
            #expect(tree.state.isEmpty)
            return lines.filter(\.isWarning).map(\.text)
        }
    }

    static let cases: [LawTests.Case] = [
        .init("hugepages") { try host(3, free: 2) },
        .init("hugepages", change: "adds 4 pages", after: "7 pages") { try host(3, free: 2, change: 4) },
        .init("hugepages", change: "removes 2 pages", after: "1 pages") { try host(3, free: 2, change: -2) },
        .init("hugepages, claimed twice", change: "adds 4 pages", after: "7 pages", isReported: false) {
            try host(3, free: 2, change: 4, again: 7)
        },
        .init("hugepages, enough before") { try host(6, free: 6) },
        .init("hugepages, enough before", change: "adds 4 pages", after: "10 pages", isReported: false) {
            try host(6, free: 6, change: 4)
        },
    ]
}
