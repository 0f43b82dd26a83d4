package import Diagnostics
import HostTopology
package import Linux
package import Values

/// The kernel's hugepages of one size on one NUMA node (kernel:
/// Documentation/admin-guide/mm/hugetlbpage.rst).
package struct HugepagePool: Hashable, Sendable {
    /// The NUMA node; 0 on a kernel without nodes.
    package var node: Int
    /// The size of a page.
    package var size: HugepageSize

    /// A pool.
    package init(node: Int, size: HugepageSize) {
        self.node = node
        self.size = size
    }

    static let kind = "hugepages"
    private static let claimed = "claimed"

    /// Reserves pages: raises the pool by what is missing for `pages` free ones, and reads back
    /// what the kernel provided; all or nothing. Pages that an earlier call reserved count although
    /// they are in use by now, and pages that another process took from the pool since do not.
    /// Returns a line that says what was done. Two processes that change a pool at the same moment
    /// can overwrite each other: the kernel has no way to add. Throws `node-missing`,
    /// `page-size-missing`, `hugepages-short`, `hugepages-unreadable`, `hugepages-unwritable`.
    package func reserve(_ pages: Int, on host: HostFilesystem) throws(Problem) -> String {
        let directory = try directory(on: host.root)
        let pool = try State(reading: host.root, directory)
        var claim = try claim(on: host, directory)
        let before = claim.record
        let earlier = before[Self.kind].flatMap { Share($0, before[Self.claimed]) }

        let lost = earlier.map { max(0, $0.set - pool.persistent) } ?? 0
        let ours = earlier.map { max(0, $0.pages - lost) } ?? pool.free
        let missing = max(0, pages - ours)
        if missing == 0, earlier != nil { return "\(self): \(pages) ours already, none had to be added" }
        // The kernel turns surplus pages into persistent ones before it allocates any.
        let total = missing == 0 ? pool.persistent : pool.total + missing
        let added = (earlier?.added ?? 0) + total - pool.persistent
        let share = Share(before: total - added, set: total, pages: max(pages, earlier == nil ? 0 : ours))
        let wasHeld = claim.isHeld
        try claim.hold(share.record(directory))
        if missing == 0 { return "\(self): \(pages) free, none had to be added" }
        let freeMemory = freeMemory(host.root)
        do throws(Problem) {
            try set(total, directory, host)
            let now = try State(reading: host.root, directory)
            let provided = earlier == nil ? now.free : pages - (total - now.persistent)
            if now.persistent < total || provided < pages { throw short(pages, provided, freeMemory) }
        } catch {
            // What went wrong first is what the reader must know, so a failure to restore the pool
            // is not reported.
            try? set(pool.persistent, directory, host)
            if wasHeld { try? claim.hold(before) } else { try? claim.forget() }
            throw error
        }
        return "\(self): \(pages) free, \(missing) of them added"
    }

    /// Takes the pages that `reserve` added from the pool, which keeps those that other processes
    /// added since. Returns what was done, and what another process has changed. Pages still in use
    /// go when their user ends (`surplus_hugepages`).
    package func release(on host: HostFilesystem) throws(Problem) -> [JournalLine] {
        let directory = try? directory(on: host.root)
        var claim = try claim(on: host, directory ?? "")
        guard let directory, let share = claim.record[Self.kind].flatMap({ Share($0, claim.record[Self.claimed]) }),
            share.added > 0
        else {
            try claim.forget()
            return [JournalLine("\(self): nothing was added, nothing to release")]
        }
        let pool = try State(reading: host.root, directory)
        var failure: Problem?
        _ = try claim.release { entry in
            entry.kind == Self.kind ? "\(pool.persistent)" : entry.before
        } restore: { _, value in
            do throws(Problem) {
                try set(Int(value) ?? 0, directory, host)
                return nil
            } catch {
                failure = error
                return error.message
            }
        }
        if let failure { throw failure }
        let left = max(0, pool.persistent - share.added)
        let change = pool.persistent - share.set
        return [JournalLine("\(self): \(pool.persistent - left) released, \(left) left")]
            + (change == 0
                ? []
                : [
                    JournalLine(
                        "\(self): another process has "
                            + "\(change > 0 ? "added \(change) pages" : "removed \(-change) pages"), leaving its "
                            + "change",
                        isWarning: true)
                ])
    }

    private func claim(on host: HostFilesystem, _ directory: String) throws(Problem) -> Claim {
        try Claim(state, on: host.root) { text in
            // The file of an earlier release has three numbers.
            let numbers = text.split(separator: " ").compactMap { Int($0) }
            return numbers.count == 3
                ? Share(before: numbers[0], set: numbers[1], pages: numbers[2]).record(directory) : nil
        }
    }

    /// The number of pages and of unused pages; `nil` if the pool does not exist.
    package func counts(in root: Root) -> (total: Int, free: Int)? {
        guard let directory = try? directory(on: root), let pool = try? State(reading: root, directory) else {
            return nil
        }
        return (pool.total, pool.free)
    }

    private var state: String { "hugepages-node\(node)-\(size)" }

    private func directory(on root: Root) throws(Problem) -> String {
        let nodes = "/sys/devices/system/node"
        let pools: String
        if root.exists(nodes) {
            guard root.exists("\(nodes)/node\(node)") else {
                throw Problem(
                    .nodeMissing, "node \(node): NUMA node not found",
                    remedy: "correct Pages= in [Hugepages]; 'ls -d \(nodes)/node*' lists the nodes")
            }
            pools = "\(nodes)/node\(node)/hugepages"
        } else {
            guard node == 0 else {
                throw Problem(
                    .nodeMissing, "node \(node): not found, the kernel has no NUMA nodes",
                    remedy: "use node 0 in Pages= in [Hugepages]")
            }
            pools = "/sys/kernel/mm/hugepages"
        }
        guard root.exists("\(pools)/\(size.directory)") else {
            let sizes = ((try? root.list(pools)) ?? []).compactMap { HugepageSize(directory: $0) }.sorted {
                $0.kibibytes < $1.kibibytes
            }
            let offer = sizes.isEmpty ? "none" : sizes.map(\.description).joined(separator: " and ")
            throw Problem(
                .pageSizeMissing, "node \(node): hugepages of \(size) are unsupported, expected one of \(offer)",
                remedy: "correct PageSize= in [Hugepages]")
        }
        return "\(pools)/\(size.directory)"
    }

    private func short(_ pages: Int, _ had: Int, _ freeMemory: Int?) -> Problem {
        let free = freeMemory.map { " (free memory \($0 >> 10) MiB)" } ?? ""
        return Problem(
            .hugepagesShort, "node \(node): expected \(pages) pages of \(size), got \(max(0, had))\(free)",
            remedy: "run 'pvpgen install' and reboot to reserve pages at boot, or lower Pages= in [Hugepages]")
    }

    /// In KiB.
    private func freeMemory(_ root: Root) -> Int? {
        root.freeMemory("/sys/devices/system/node/node\(node)/meminfo") ?? root.freeMemory("/proc/meminfo")
    }

    private func set(_ pages: Int, _ directory: String, _ host: HostFilesystem) throws(Problem) {
        do {
            try host.write("\(directory)/nr_hugepages", "\(pages)")
        } catch {
            throw error.problem(.hugepagesUnwritable, remedy: "run the command as root, with /sys writable")
        }
    }
}

extension HugepagePool: CustomStringConvertible {
    /// For messages: `node 0, pages of 1G`.
    package var description: String { "node \(node), pages of \(size)" }
}

extension HugepagePool {
    /// The pool's counters.
    fileprivate struct State {
        var total: Int
        var free: Int
        /// Pages beyond `nr_hugepages` as it was written, which go when their users end.
        var surplus: Int

        /// The persistent pages of the pool.
        var persistent: Int { total - surplus }

        init(reading root: Root, _ directory: String) throws(Problem) {
            total = try Self.number("\(directory)/nr_hugepages", root)
            free = try Self.number("\(directory)/free_hugepages", root)
            surplus = (try? Self.number("\(directory)/surplus_hugepages", root)) ?? 0
        }

        private static func number(_ path: String, _ root: Root) throws(Problem) -> Int {
            let text: String
            do {
                text = try root.text(path)
            } catch {
                throw error.problem(.hugepagesUnreadable, remedy: "check that /sys is mounted")
            }
            guard let number = Int(text) else {
                throw Problem(
                    .hugepagesUnreadable, "\(path): expected a number, got '\(text)'",
                    remedy: "check that /sys is the kernel's")
            }
            return number
        }
    }

    /// What a claim has of a pool.
    fileprivate struct Share: Hashable {
        /// The pool's persistent pages without those that the claim added.
        var before: Int
        /// The pool's persistent pages after `reserve`.
        var set: Int
        /// How many of them are for testpmd and the guests, added or not.
        var pages: Int

        var added: Int { self.set - before }

        init(before: Int, set: Int, pages: Int) {
            self.before = before
            self.set = set
            self.pages = pages
        }

        init?(_ pool: ClaimRecord.Entry, _ claimed: ClaimRecord.Entry?) {
            guard let before = Int(pool.before), let set = Int(pool.set), let pages = claimed.flatMap({ Int($0.set) })
            else { return nil }
            self.init(before: before, set: set, pages: pages)
        }

        func record(_ directory: String) -> ClaimRecord {
            var record = ClaimRecord()
            record.add(.init(HugepagePool.kind, at: "\(directory)/nr_hugepages", before: "\(before)", set: "\(set)"))
            record.add(.init(HugepagePool.claimed, at: "pages", before: "0", set: "\(pages)"))
            return record
        }
    }
}
