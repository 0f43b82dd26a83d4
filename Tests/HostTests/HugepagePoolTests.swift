import Diagnostics
import Foundation
import HostActions
import Linux
import TestSupport
import Testing
import Values

@Suite struct HugepagePoolTests {
    static let directory = "/sys/devices/system/node/node0/hugepages/hugepages-1048576kB"
    let pool: HugepagePool

    init() throws { pool = HugepagePool(node: 0, size: try #require(HugepageSize("1G"))) }

    static func tree(total: Int, free: Int, below directory: String = directory) throws -> Tree {
        try Tree([
            "\(directory)/nr_hugepages": "\(total)\n", "\(directory)/free_hugepages": "\(free)\n",
            "/sys/devices/system/node/node0/meminfo": "Node 0 MemTotal:  8388608 kB\nNode 0 MemFree:   3407872 kB\n",
        ])
    }

    /// A kernel with memory for `limit` pages.
    static func machine(_ tree: Tree, limit: Int) -> HostFilesystem {
        HostFilesystem(tree.root) { path, value throws(SystemError) in
            do {
                let free = path.replacingOccurrences(of: "nr_hugepages", with: "free_hugepages")
                let total = min(Int(value) ?? 0, limit)
                let used = try (Int(tree.text(path)) ?? 0) - (Int(tree.text(free)) ?? 0)
                try tree.write(path, "\(total)\n")
                try tree.write(free, "\(total - used)\n")
            } catch {
                throw SystemError("write", path, code: EIO)
            }
        }
    }

    private func total(_ tree: Tree) throws -> String { try tree.text("\(Self.directory)/nr_hugepages") }

    @Test func addsWhatIsMissing() throws {
        let tree = try Self.tree(total: 3, free: 2)
        let machine = Self.machine(tree, limit: 100)
        #expect(try pool.reserve(5, on: machine) == "node 0, pages of 1G: 5 free, 3 of them added")
        #expect(try total(tree) == "6")
        #expect(try pool.reserve(5, on: machine) == "node 0, pages of 1G: 5 ours already, none had to be added")
        // testpmd has taken them by now.
        try tree.write("\(Self.directory)/free_hugepages", "0\n")
        #expect(try pool.reserve(5, on: machine) == "node 0, pages of 1G: 5 ours already, none had to be added")
        #expect(try total(tree) == "6")
        #expect(try pool.reserve(7, on: machine) == "node 0, pages of 1G: 7 free, 2 of them added")
        #expect(try pool.release(on: machine).map(\.text) == ["node 0, pages of 1G: 5 released, 3 left"])
        #expect(try total(tree) == "3")
        #expect(tree.state.isEmpty)
    }

    @Test func thoseOfTheBootAreEnough() throws {
        let tree = try Self.tree(total: 6, free: 6)
        let machine = Self.machine(tree, limit: 6)
        #expect(try pool.reserve(6, on: machine) == "node 0, pages of 1G: 6 free, none had to be added")
        try tree.write("\(Self.directory)/free_hugepages", "0\n")
        #expect(try pool.reserve(6, on: machine) == "node 0, pages of 1G: 6 ours already, none had to be added")
        #expect(
            try pool.release(on: machine).map(\.text) == ["node 0, pages of 1G: nothing was added, nothing to release"])
        #expect(try total(tree) == "6")
        #expect(tree.state.isEmpty)
    }

    @Test func fewerThanWanted() throws {
        let tree = try Self.tree(total: 1, free: 1)
        let problem = failure { try pool.reserve(5, on: Self.machine(tree, limit: 3)) }
        #expect(
            problem?.line
                == "node 0: expected 5 pages of 1G, got 3 (free memory 3328 MiB); run 'pvpgen install' and reboot to "
                + "reserve pages at boot, or lower Pages= in [Hugepages]"
        )
        #expect(try total(tree) == "1")
        #expect(tree.state.isEmpty)
    }

    @Test func fewerThanWantedTheSecondTime() throws {
        let tree = try Self.tree(total: 0, free: 0)
        let machine = Self.machine(tree, limit: 4)
        _ = try pool.reserve(3, on: machine)
        #expect(failure { try pool.reserve(6, on: machine) }?.code == .hugepagesShort)
        #expect(try total(tree) == "3")
        #expect(try pool.release(on: machine).map(\.text) == ["node 0, pages of 1G: 3 released, 0 left"])
    }

    @Test func anotherProcessLoweredThePool() throws {
        let tree = try Self.tree(total: 0, free: 0)
        let machine = Self.machine(tree, limit: 9)
        _ = try pool.reserve(4, on: machine)
        try tree.write("\(Self.directory)/nr_hugepages", "1\n")
        try tree.write("\(Self.directory)/free_hugepages", "1\n")
        #expect(try pool.reserve(4, on: machine) == "node 0, pages of 1G: 4 free, 3 of them added")
        try tree.write("\(Self.directory)/nr_hugepages", "0\n")
        #expect(
            try pool.release(on: machine).map(\.text) == [
                "node 0, pages of 1G: 0 released, 0 left",
                "node 0, pages of 1G: another process has removed 4 pages, leaving its change",
            ])
    }

    @Test func pagesThatAnotherProcessAddedStay() throws {
        let tree = try Self.tree(total: 1, free: 0)
        let machine = Self.machine(tree, limit: 100)
        _ = try pool.reserve(4, on: machine)
        try tree.write("\(Self.directory)/nr_hugepages", "8\n")
        // testpmd has taken ours, the other process its own.
        try tree.write("\(Self.directory)/free_hugepages", "0\n")
        #expect(try pool.reserve(6, on: machine) == "node 0, pages of 1G: 6 free, 2 of them added")
        #expect(try total(tree) == "10")
        _ = try pool.release(on: machine)
        #expect(try total(tree) == "4")
    }

    /// A pool that overcommits: a release leaves it with as many persistent pages as before.
    @Test func surplusPagesAreNotKept() throws {
        let tree = try Self.tree(total: 5, free: 0)
        try tree.write("\(Self.directory)/surplus_hugepages", "2\n")
        let machine = HostFilesystem(tree.root) { path, value throws(SystemError) in
            try tree.root.replace(path, with: Array(value.utf8))
            guard let total = Int(value) else { return }
            // As set_max_huge_pages() does it: five pages are in use.
            let names = [
                "free_hugepages": max(0, total - 5), "surplus_hugepages": max(0, 5 - total),
                "nr_hugepages": max(5, total),
            ]
            for (name, number) in names {
                try tree.root.replace("\(Self.directory)/\(name)", with: Array("\(number)\n".utf8))
            }
        }
        #expect(try pool.reserve(4, on: machine) == "node 0, pages of 1G: 4 free, 4 of them added")
        #expect(try total(tree) == "9")
        _ = try pool.release(on: machine)
        #expect(try total(tree) == "5" && tree.text("\(Self.directory)/surplus_hugepages") == "2")
    }

    @Test func theRecordOfAnEarlierReleaseIsRead() throws {
        let tree = try Self.tree(total: 6, free: 0)
        try tree.write("/run/pvp/state/hugepages-node0-1G", "1 6 5\n")
        let machine = Self.machine(tree, limit: 100)
        #expect(try pool.reserve(5, on: machine) == "node 0, pages of 1G: 5 ours already, none had to be added")
        #expect(try pool.release(on: machine).map(\.text) == ["node 0, pages of 1G: 5 released, 1 left"])
        #expect(tree.state.isEmpty)
    }

    @Test func kernelWithoutNodes() throws {
        let tree = try Tree([
            "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages": "0\n", "/proc/meminfo": "MemFree: 2048 kB\n",
        ])
        try tree.write("/sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages", "0\n")
        #expect(try pool.reserve(2, on: Self.machine(tree, limit: 2)) == "node 0, pages of 1G: 2 free, 2 of them added")
        let other = HugepagePool(node: 1, size: pool.size)
        #expect(failure { try other.reserve(1, on: HostFilesystem(tree.root)) }?.code == .nodeMissing)
    }

    @Test func wrongNodeAndSize() throws {
        let tree = try Self.tree(total: 0, free: 0)
        try tree.write("/sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages", "0\n")
        let node = HugepagePool(node: 3, size: pool.size)
        #expect(
            failure { try node.reserve(1, on: HostFilesystem(tree.root)) }?.line
                == "node 3: NUMA node not found; correct Pages= in [Hugepages]; 'ls -d "
                + "/sys/devices/system/node/node*' lists the nodes"
        )
        let size = HugepagePool(node: 0, size: try #require(HugepageSize("16M")))
        #expect(
            failure { try size.reserve(1, on: HostFilesystem(tree.root)) }?.line
                == "node 0: hugepages of 16M are unsupported, expected one of 2M and 1G; "
                + "correct PageSize= in [Hugepages]"
        )
    }

    @Test func refusedByTheKernel() throws {
        let tree = try Self.tree(total: 0, free: 0)
        let machine = HostFilesystem(tree.root) { path, _ throws(SystemError) in
            throw SystemError("open", path, code: EACCES)
        }
        #expect(
            failure { try pool.reserve(1, on: machine) }?.line
                == "\(Self.directory)/nr_hugepages: open: Permission denied; run the command as root, with /sys "
                + "writable"
        )
        #expect(tree.state.isEmpty)
    }

    @Test(arguments: [("2M", 2048), ("1G", 1_048_576), ("64K", 64), ("512M", 524288)])
    func sizes(_ text: String, _ kibibytes: Int) throws {
        let size = try #require(HugepageSize(text))
        #expect(size.kibibytes == kibibytes)
        #expect(size.description == text)
    }

    @Test(arguments: ["", "G", "1", "0M", "-2M", "1g", "2 M", "9999999999G"])
    func noSizes(_ text: String) { #expect(HugepageSize(text) == nil) }

    /// The kernel's own `/sys`, with the state kept in a tree of the test.
    @Test func realPages() throws {
        let tree = try Tree()
        try tree.directory("/sys")
        // No link leads out of a tree.
        #expect(try Command(["mount", "--bind", "/sys", "\(tree.path)/sys"]).run().status == 0)
        defer { _ = try? Command(["umount", "\(tree.path)/sys"]).run() }
        let machine = HostFilesystem(tree.root)
        let small = HugepagePool(node: 0, size: try #require(HugepageSize("2M")))
        let nodes = tree.root.exists("/sys/devices/system/node") ? "/sys/devices/system/node/node0" : "/sys/kernel/mm"
        let directory = "\(nodes)/hugepages/hugepages-2048kB"
        let before = try #require(Int(try tree.text("\(directory)/nr_hugepages")))
        let free = try #require(Int(try tree.text("\(directory)/free_hugepages")))
        defer { _ = try? small.release(on: machine) }
        #expect(try small.reserve(free + 8, on: machine) == "node 0, pages of 2M: \(free + 8) free, 8 of them added")
        #expect(try tree.text("\(directory)/nr_hugepages") == "\(before + 8)")
        _ = try small.reserve(free + 8, on: machine)
        #expect(try tree.text("\(directory)/nr_hugepages") == "\(before + 8)")
        #expect(try small.release(on: machine).map(\.text) == ["node 0, pages of 2M: 8 released, \(before) left"])
        #expect(try tree.text("\(directory)/nr_hugepages") == "\(before)")
    }
}
