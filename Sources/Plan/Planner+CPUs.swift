import Config
import Diagnostics
import HostTopology
import Values

/// Housekeeping CPUs that a section names.
struct HousekeepingAssignment {
    var owner: String
    /// The setting, such as `MainLcore`.
    var key: String
    var cpus: CPUSet
    var node: Int
    var location: SourceLocation?
}

/// What the CPUs of a testpmd's lcores or of a guest's vCPUs are to be.
struct CPURequest {
    /// `CPUs=`
    var given: Auto<CPUSet>
    /// How many by the setting of that name, and how many there are without it.
    var count: Auto<Int>
    var defaultCount: Int
    var setting: String
    /// The codes of its problems: too few cores, and a count that contradicts `CPUs=`.
    var short: Problem.Code
    var differ: Problem.Code
}

extension Planner {
    /// Returns the CPUs for an owner: those that its section names, or cores of the node. `nil` if
    /// they are not available; the reason is reported.
    mutating func takeCPUs(_ request: CPURequest, for owner: String, on node: Int, in section: some ConfigSection)
        -> [Int]?
    {
        let setting = request.setting
        guard let cpus = request.given.value else {
            let wanted = request.count.value ?? request.defaultCount
            if let taken = self.cpus.take(wanted, for: owner, on: node) { return taken }
            reportShortage(request.short, owner, wanted, on: node, setting: setting, at: section.location(of: setting))
            return nil
        }
        if let count = request.count.value, count != cpus.count {
            report(
                request.differ, "\(owner): \(setting)=\(count): expected as many CPUs, CPUs=\(cpus) has \(cpus.count)",
                remedy: "remove one of the two settings",
                at: section.location(of: setting))
            return nil
        }
        return takeGiven(cpus, for: owner, on: node, at: section.location(of: "CPUs")) ? cpus.cpus : nil
    }

    /// Checks the CPUs that a section names, and assigns them unless a check fails.
    private mutating func takeGiven(_ given: CPUSet, for owner: String, on node: Int, at location: SourceLocation?)
        -> Bool
    {
        let before = problems.count
        let offline = given.subtracting(host.online)
        if !offline.isEmpty {
            report(
                .cpuOffline, "\(owner): CPUs=\(given): CPUs \(offline) are not online, expected CPUs of \(host.online)",
                remedy: "set CPUs that are online",
                at: location)
        }
        let zero = given.intersection(cpus.core(of: 0))
        if !zero.isEmpty {
            report(
                .cpuZero,
                "\(owner): CPUs=\(given): \(zero) belongs to the core of CPU 0, which is reserved for the host",
                remedy: "set other CPUs, or CPUs=auto",
                at: location)
        }
        let shared = given.intersection(cpus.taken)
        if !shared.isEmpty {
            report(
                .cpuInUse, "\(owner): CPUs=\(given): CPUs \(shared) or their SMT siblings are already in use",
                remedy: "set other CPUs, or CPUs=auto", at: location)
        }
        guard problems.count == before else { return false }
        let far = CPUSet(given.cpus.filter { cpus.node(of: $0) != node })
        if !far.isEmpty {
            report(
                .cpuFar,
                "\(owner): expected CPUs of NUMA node \(node), where the NICs are, got \(far): packets cross the link "
                    + "between the sockets",
                remedy: "set CPUs of NUMA node \(node): \(host.node(node)?.cpus.description ?? "")", severity: .warning,
                at: location)
        }
        let siblings = CPUSet(given.cpus.filter { cpus.core(of: $0).intersection(given).count > 1 })
        if config.host.smt == .idle, !siblings.isEmpty {
            report(
                .cpuSiblings, "\(owner): CPUs=\(given): \(siblings) are SMT siblings, which slow each other down",
                remedy: "set one CPU of each core, or SMT=use in [Host]", severity: .warning, at: location)
        }
        cpus.take(given, for: owner, on: node)
        return true
    }

    /// Reports that `count` cores are not available.
    private mutating func reportShortage(
        _ code: Problem.Code, _ owner: String, _ count: Int, on node: Int, setting: String, at location: SourceLocation?
    ) {
        let free = cpus.freeCores(on: node)
        let users = cpus.usersText(on: node)
        let found = free.isEmpty ? "none is left" : "\(free.count) left: CPUs \(CPUSet(free.compactMap(\.first)))"
        let threads = free.reduce(0) { $0 + $1.count }
        var fit =
            free.isEmpty
            ? "lower \(setting)= and the settings of other users"
            : "\(setting)=\(config.host.smt == .use ? threads : free.count) would fit"
        if config.host.smt == .idle, threads >= count { fit += ", and so would SMT=use in [Host]" }
        let needed = config.host.smt == .use ? "threads of cores" : "physical cores"
        report(
            code,
            "\(owner): \(count) \(needed) required on NUMA node \(node) in addition to the host's (CPUs "
                + "\(cpus.reserved(node))), \(found)"
                + (users.isEmpty ? "" : "; in use by \(users)"),
            remedy: fit, at: location)
    }

    /// Main lcores and emulator threads have CPUs that are not isolated.
    mutating func checkHousekeepers(_ isolated: CPUSet) {
        for node in memory.map(\.node).sorted()
        where !cpus.reserved(node).intersection(isolated).isEmpty && !cpus.reserved(node).isEmpty {
            // IsolatedCPUs= of the user has been reported.
            guard config.host.isolatedCPUs.value == nil else { continue }
            report(
                .noHousekeeping,
                "NUMA node \(node): lcores and vCPUs use all cores, none is left for the main lcore and emulator "
                    + "threads",
                remedy: "remove one core of the node from CPUs=", at: config.testpmds.first?.location)
        }
        for given in housekeepers {
            let offline = given.cpus.subtracting(host.online)
            let busy = given.cpus.intersection(isolated)
            if !offline.isEmpty {
                report(
                    .cpuOffline,
                    "\(given.owner): \(given.key)=\(given.cpus): CPUs \(offline) are not online, expected CPUs of "
                        + "\(host.online)",
                    remedy: "set CPUs that are online", at: given.location)
            } else if !busy.isEmpty {
                report(
                    .housekeepingIsolated,
                    "\(given.owner): \(given.key)=\(given.cpus): expected housekeeping CPUs, \(busy) is isolated",
                    remedy: "set housekeeping CPUs: \(host.online.subtracting(isolated))", at: given.location)
            } else if given.cpus.cpus.contains(where: { cpus.node(of: $0) != given.node }) {
                report(
                    .cpuFar,
                    "\(given.owner): \(given.key)=\(given.cpus): expected CPUs of NUMA node \(given.node), "
                        + "where its memory is",
                    remedy:
                        "set CPUs of NUMA node \(given.node): "
                        + "\((host.node(given.node)?.cpus ?? CPUSet()).subtracting(isolated))",
                    severity: .warning, at: given.location)
            }
        }
    }
}
