public import Config
public import Diagnostics
public import HostTopology

extension Plan {
    /// Makes the plan. What is wrong with one guest or testpmd is reported and only that is left out; every problem is reported in one run.
    /// A NIC that is not there is reported and stays in the plan: it may come later in the boot, and its unit tells if it does not.
    public static func make(_ config: Config, on host: HostTopology) -> (plan: Plan, problems: [Problem]) {
        var planner = Planner(config: config, host: host)
        let plan = planner.plan()
        return (plan, planner.problems)
    }
}

/// The state of planning: which CPUs are still to be had, and what went wrong.
struct Planner {
    let config: Config
    let host: HostTopology
    var problems: [Problem] = []
    /// CPUs given away, with the other threads of their cores.
    var taken = CPUSet()
    /// CPUs named by some `CPUs=`, with the other threads of their cores: not for anybody else.
    let promised: CPUSet
    /// Pages needed, by node.
    var pages: [Plan.Hugepages] = []

    init(config: Config, host: HostTopology) {
        self.config = config
        self.host = host
        let given = config.testpmds.compactMap { $0.cpus.value } + config.guests.compactMap { $0.cpus.value }
        promised = given.flatMap(\.cpus).reduce(CPUSet()) { $0.union(host.core(of: $1)) }
    }

    mutating func plan() -> Plan {
        let (nics, parents) = planNICs()
        var testpmds: [TestpmdPlan] = []
        var guests: [GuestPlan] = []
        for section in config.testpmds {
            if let first = testpmds.first {
                report(
                    "testpmd-many", "testpmd \(section.name ?? ""): the NICs belong to testpmd \(first.name) already",
                    remedy: "leave one [Testpmd]", at: section.location)
            } else if let testpmd = planTestpmd(section, nics: nics) {
                testpmds.append(testpmd)
            }
        }
        for section in config.guests where !testpmds.isEmpty {
            if let first = guests.first {
                report(
                    "guest-many", "guest \(section.name ?? ""): testpmd is connected to guest \(first.name) already",
                    remedy: "leave one [Guest]", at: section.location)
            } else if let guest = planGuest(section, on: &testpmds[0]) {
                guests.append(guest)
            }
        }
        if config.isComplete { reportWhatIsMissing() }
        let isolated = planIsolation()
        let housekeeping = host.online.subtracting(isolated)
        let hugepages = planHugepages()
        return Plan(
            source: config.path, pageSize: config.hugepages.pageSize, hugepages: hugepages, nics: nics, parents: parents,
            testpmds: testpmds,
            guests: guests, isolated: isolated, housekeeping: housekeeping,
            kernelArguments: kernelArguments(isolated: isolated, housekeeping: housekeeping, hugepages: hugepages),
            autostart: config.host.autostart)
    }

    /// A chain needs NICs, a testpmd between them, and a guest.
    private mutating func reportWhatIsMissing() {
        let place = config.nics.first?.location ?? config.guests.first?.location
        if config.nics.isEmpty {
            report("no-nic", "\(config.path) has no [NIC]", remedy: "add two [NIC] sections with PCIAddress=", at: place)
        }
        if config.testpmds.isEmpty {
            report(
                "no-testpmd", "\(config.path) has no [Testpmd]", remedy: "add a line [Testpmd]; every setting in it has a default",
                at: place)
        }
    }

    mutating func report(
        _ code: String, _ message: String, remedy: String, severity: Problem.Severity = .error, at location: SourceLocation?
    ) {
        problems.append(Problem(code, message, remedy: remedy, severity: severity, at: location))
    }

    /// NICs by port: EAL probes PCI functions in the order of their addresses, whatever the order of `-a`.
    private mutating func planNICs() -> (nics: [Plan.NIC], parents: [Plan.Parent]) {
        let resolution = NICResolution(of: config.nics, on: host)
        problems += resolution.problems
        var nics = resolution.nics.sorted { $0.address < $1.address }
        for port in nics.indices { nics[port].port = port }
        return (nics, resolution.parents)
    }

    /// Takes the pages for a size of memory on a node; how many they are.
    @discardableResult mutating func takePages(_ memory: UInt64, on node: Int) -> Int {
        let count = pageCount(memory)
        if let index = pages.firstIndex(where: { $0.node == node }) {
            pages[index].pages += count
        } else {
            pages.append(Plan.Hugepages(node: node, pages: count))
        }
        return count
    }

    /// The pages that a size of memory takes.
    private func pageCount(_ memory: UInt64) -> Int {
        let page = config.hugepages.pageSize.bytes
        return Int((memory + page - 1) / page)
    }

    private mutating func planHugepages() -> [Plan.Hugepages] {
        var counts = pages
        let size = config.hugepages.pageSize
        if let given = config.hugepages.pages.value {
            switch given {
            case .total(let total):
                // All on the node that needs them, or on the nodes as they need them when there is more than one.
                let needed = pages.reduce(0) { $0 + $1.pages }
                if total < needed {
                    tooFewPages(
                        "\(total) pages of \(size.rawValue)", "\(needed)",
                        remedy: "set Pages=\(needed) or more, or Pages=auto, in [Hugepages]")
                } else if let first = counts.indices.min(by: { counts[$0].node < counts[$1].node }) {
                    counts[first].pages += total - needed
                }
            case .perNode(let perNode):
                for needed in pages.sorted(by: { $0.node < $1.node }) where perNode[needed.node, default: 0] < needed.pages {
                    tooFewPages(
                        "\(perNode[needed.node, default: 0]) pages of \(size.rawValue) on node \(needed.node)", "\(needed.pages)",
                        remedy: "set \(needed.node):\(needed.pages) or more, or Pages=auto, in [Hugepages]")
                }
                for node in perNode.keys.sorted() where host.node(node) == nil {
                    report(
                        "node-missing",
                        "[Hugepages] Pages= names node \(node), this machine has \(host.nodes.map { "\($0.id)" }.joined(separator: ", "))",
                        remedy: "correct Pages=", at: config.hugepages.location)
                }
                let wanted = pages.reduce(into: perNode) { $0[$1.node] = max($0[$1.node, default: 0], $1.pages) }
                counts = wanted.map { Plan.Hugepages(node: $0.key, pages: $0.value) }
            }
        }
        counts.sort { $0.node < $1.node }
        for count in counts {
            guard let memory = host.node(count.node)?.memory, memory > 0, UInt64(count.pages) * size.bytes > memory else { continue }
            report(
                "memory-short",
                "node \(count.node): \(count.pages) pages of \(size.rawValue) are wanted, the node has \(memory >> 20) MiB of memory",
                remedy: "lower Memory= in [Guest] or [Testpmd], or Pages= in [Hugepages]", at: config.hugepages.location)
        }
        return counts.filter { $0.pages > 0 }
    }

    private mutating func tooFewPages(_ given: String, _ needed: String, remedy: String) {
        report(
            "pages-short", "[Hugepages] Pages= gives \(given), testpmd and guests need \(needed)", remedy: remedy,
            at: config.hugepages.location)
    }

    /// What is isolated: by hand, or what testpmd and the guests were given.
    private mutating func planIsolation() -> CPUSet {
        guard let given = config.host.isolatedCPUs.value else { return taken }
        let offline = given.subtracting(host.online)
        if !offline.isEmpty {
            report(
                "isolated-offline", "IsolatedCPUs=\(given) names \(offline), online are \(host.online)",
                remedy: "choose CPUs that are online",
                at: config.host.location)
        }
        let reserved = host.nodes.reduce(CPUSet()) { $0.union(reservedCore($1.id)) }.intersection(given)
        if !reserved.isEmpty {
            report(
                "isolated-reserved",
                "IsolatedCPUs=\(given) names \(reserved): each node's first core is for the host, main lcores and emulator threads",
                remedy: "leave CPUs \(reserved) out, or set auto", at: config.host.location)
        }
        let outside = taken.subtracting(given)
        if !outside.isEmpty {
            report(
                "not-isolated",
                "CPUs \(outside) are used by testpmd or a guest, or are threads of their cores, but are not in IsolatedCPUs=\(given)",
                remedy: "set IsolatedCPUs=\(given.union(taken)), or auto", at: config.host.location)
        }
        return given
    }

    private func kernelArguments(isolated: CPUSet, housekeeping: CPUSet, hugepages: [Plan.Hugepages]) -> [KernelArgument] {
        var arguments: [KernelArgument] = []
        func add(_ text: String, _ reason: String) { arguments.append(KernelArgument(text: text, reason: reason)) }
        if !hugepages.isEmpty {
            let size = config.hugepages.pageSize.rawValue
            // Without NODE:PAGES the kernel spreads pages over all nodes (kernel: admin-guide/kernel-parameters, hugepages=).
            let counts = host.nodes.count > 1 ? hugepages.map { "\($0.node):\($0.pages)" } : hugepages.map { "\($0.pages)" }
            add("default_hugepagesz=\(size)", "page size of /dev/hugepages")
            add("hugepagesz=\(size)", "page size of the next argument")
            add("hugepages=\(counts.joined(separator: ","))", "memory of testpmd and the guests")
        }
        if !isolated.isEmpty {
            add("isolcpus=\(isolated)", "no other process on lcores and vCPUs")
            add("nohz_full=\(isolated)", "no timer tick on them")
            add("rcu_nocbs=\(isolated)", "no RCU callbacks on them")
            add("irqaffinity=\(housekeeping)", "no device interrupts on them")
        }
        if config.nics.contains(where: { $0.driver == .vfioPCI }) {
            if host.iommu == .intel { add("intel_iommu=on", "VFIO needs the IOMMU") }
            add("iommu=pt", "no translation for devices that the host keeps")
        }
        for argument in config.host.kernelArguments { add(argument, "KernelArguments=") }
        return arguments
    }
}
