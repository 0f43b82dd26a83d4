public import Diagnostics
public import Linux

/// The kernel's hugepages of one size on one NUMA node (kernel: Documentation/admin-guide/mm/hugetlbpage.rst).
public struct HugepagePool: Hashable, Sendable {
    /// The NUMA node; 0 on a kernel without nodes.
    public var node: Int
    /// The size of a page.
    public var size: HugepageSize

    /// A pool.
    public init(node: Int, size: HugepageSize) {
        self.node = node
        self.size = size
    }

    /// Makes `pages` of them free for us. Raises the pool only by what is missing and reads back what the kernel gave; all or nothing.
    /// Pages that an earlier call made free count although they are in use by now. Returns a line that says what was done.
    /// Throws `node-missing`, `page-size-missing`, `hugepages-short`, `hugepages-unreadable`, `hugepages-unwritable`.
    public func reserve(_ pages: Int, on machine: Machine) throws(Problem) -> String {
        let directory = try directory(on: machine.root)
        let total = try number("\(directory)/nr_hugepages", machine.root)
        let free = try number("\(directory)/free_hugepages", machine.root)
        let memory = Memory(machine.root, state)
        let claim = try memory.recall().flatMap { Claim($0) }

        let wanted: Claim
        if let claim {
            let more = max(0, pages - claim.pages)
            wanted = Claim(before: claim.before, total: claim.total + more, pages: claim.pages + more)
        } else {
            wanted = Claim(before: total, total: total + max(0, pages - free), pages: pages)
        }
        if wanted != claim { try memory.keep(wanted.text) }
        if wanted.total <= total {
            return "\(self): \(pages) \(claim == nil ? "free" : "ours already"), none had to be added"
        }
        let freeMemory = freeMemory(machine.root)
        do throws(Problem) {
            try set(wanted.total, directory, machine)
            let given = try number("\(directory)/nr_hugepages", machine.root)
            let had = claim == nil ? try number("\(directory)/free_hugepages", machine.root) : pages - (wanted.total - given)
            if given < wanted.total || had < pages { throw short(pages, had, freeMemory) }
        } catch {
            // What went wrong first is what the reader must know, so a failure to put things back is not told.
            try? set(total, directory, machine)
            if let claim { try? memory.keep(claim.text) } else { try? memory.forget() }
            throw error
        }
        return "\(self): \(pages) free, \(wanted.total - total) of them added"
    }

    /// Gives back what `reserve` added; when that was nothing, does nothing. Returns a line that says what was done.
    /// Pages still in use go back when their user ends (`surplus_hugepages`).
    public func release(on machine: Machine) throws(Problem) -> String {
        let memory = Memory(machine.root, state)
        guard let claim = try memory.recall().flatMap({ Claim($0) }), claim.before < claim.total else {
            try memory.forget()
            return "\(self): nothing was added, nothing to give back"
        }
        let directory = try directory(on: machine.root)
        let total = try number("\(directory)/nr_hugepages", machine.root)
        if total > claim.before { try set(claim.before, directory, machine) }
        try memory.forget()
        return "\(self): \(max(0, total - claim.before)) given back, \(claim.before) left"
    }

    /// How many pages it has, and how many of them nobody uses; `nil` when it is not there.
    public func counts(in root: Root) -> (total: Int, free: Int)? {
        guard let directory = try? directory(on: root), let total = try? number("\(directory)/nr_hugepages", root),
            let free = try? number("\(directory)/free_hugepages", root)
        else { return nil }
        return (total, free)
    }

    private var state: String { "hugepages-node\(node)-\(size)" }

    private func directory(on root: Root) throws(Problem) -> String {
        let nodes = "/sys/devices/system/node"
        let pools: String
        if root.exists(nodes) {
            guard root.exists("\(nodes)/node\(node)") else {
                throw Problem(
                    "node-missing", "node \(node): no such NUMA node",
                    remedy: "`ls -d \(nodes)/node*` lists those there; correct Pages= in [Hugepages]")
            }
            pools = "\(nodes)/node\(node)/hugepages"
        } else {
            guard node == 0 else {
                throw Problem("node-missing", "node \(node): this kernel has no NUMA nodes", remedy: "use node 0 in Pages= in [Hugepages]")
            }
            pools = "/sys/kernel/mm/hugepages"
        }
        guard root.exists("\(pools)/\(size.directory)") else {
            let sizes = ((try? root.list(pools)) ?? []).compactMap { HugepageSize(directory: $0) }.sorted { $0.kibibytes < $1.kibibytes }
            let offer = sizes.isEmpty ? "none" : sizes.map(\.description).joined(separator: " and ")
            throw Problem(
                "page-size-missing", "node \(node): no hugepages of \(size) there, this machine offers \(offer)",
                remedy: "correct PageSize= in [Hugepages]")
        }
        return "\(pools)/\(size.directory)"
    }

    private func short(_ pages: Int, _ had: Int, _ freeMemory: Int?) -> Problem {
        let free = freeMemory.map { " (free memory \($0 >> 10) MiB)" } ?? ""
        return Problem(
            "hugepages-short", "node \(node): \(pages) pages of \(size) wanted, \(max(0, had)) could be had\(free)",
            remedy: "reserve them at boot: `pvpgen install`, then reboot; or lower Pages= in [Hugepages]")
    }

    /// In KiB.
    private func freeMemory(_ root: Root) -> Int? {
        let text = (try? root.text("/sys/devices/system/node/node\(node)/meminfo")) ?? (try? root.text("/proc/meminfo"))
        let line = text?.split(separator: "\n").first { $0.contains("MemFree:") }
        return line?.split(separator: " ").dropLast().last.flatMap { Int($0) }
    }

    private func number(_ path: String, _ root: Root) throws(Problem) -> Int {
        let text: String
        do {
            text = try root.text(path)
        } catch {
            throw error.problem("hugepages-unreadable", remedy: "check that /sys is mounted")
        }
        guard let number = Int(text) else {
            throw Problem("hugepages-unreadable", "\(path): a number expected, `\(text)` found", remedy: "check that /sys is the kernel's")
        }
        return number
    }

    private func set(_ pages: Int, _ directory: String, _ machine: Machine) throws(Problem) {
        do {
            try machine.set("\(directory)/nr_hugepages", "\(pages)")
        } catch {
            throw error.problem("hugepages-unwritable", remedy: "run it as root, with /sys writable")
        }
    }
}

extension HugepagePool: CustomStringConvertible {
    /// For messages: `node 0, pages of 1G`.
    public var description: String { "node \(node), pages of \(size)" }
}

/// What a `reserve` found and did.
private struct Claim: Hashable {
    /// The pool's pages before.
    var before: Int
    /// The pool's pages after.
    var total: Int
    /// How many of them are ours.
    var pages: Int

    init(before: Int, total: Int, pages: Int) {
        self.before = before
        self.total = total
        self.pages = pages
    }

    init?(_ text: String) {
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        self.init(before: numbers[0], total: numbers[1], pages: numbers[2])
    }

    var text: String { "\(before) \(total) \(pages)" }
}
