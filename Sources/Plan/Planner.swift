public import Config
public import Diagnostics
public import HostTopology
public import Linux

extension Plan {
    /// Makes the plan. What is wrong with one guest or testpmd is reported and only that is left out; every problem is reported in one run.
    /// A NIC that is not there is reported and stays in the plan: it may come later in the boot, and its unit tells if it does not.
    /// `files` are those that a guest's `DomainXML=` names.
    public static func make(
        _ config: Config, on host: HostTopology, files: [String: Result<[UInt8], SystemError>] = [:]
    ) -> (plan: Plan, problems: [Problem]) {
        var planner = Planner(config: config, host: host)
        planner.files = files
        let plan = planner.plan()
        return (plan, planner.problems)
    }
}

/// The state of planning: which CPUs are still to be had, and what went wrong.
struct Planner {
    let config: Config
    let host: HostTopology
    var problems: [Problem] = []
    /// Files of XML for domains, by path.
    var files: [String: Result<[UInt8], SystemError>] = [:]
    var cpus: CPUPool
    /// Pages needed, by node.
    var pages: [Int: Int] = [:]
    /// Who needs them.
    var pageUsers: [Int: [(who: String, count: Int)]] = [:]
    /// Who has each MAC address.
    var macs: [String: String] = [:]
    /// The address of each guest on the management network.
    let addresses: [String: IPv4Address]
    /// Who has each of them.
    var addressOwners: [IPv4Address: String] = [:]
    /// Who has each port of this host, and on which address.
    var sshPorts: [Int: [(who: String, listen: String?)]] = [:]
    /// Housekeeping CPUs that were given by hand: to be looked at when all is known that is not.
    var housekeepers: [Housekeeper] = []

    init(config: Config, host: HostTopology) {
        self.config = config
        self.host = host
        addresses = Self.addresses(config)
        let given = config.testpmds.compactMap { $0.cpus.value } + config.guests.compactMap { $0.cpus.value }
        cpus = CPUPool(host, promised: given, within: config.host.isolatedCPUs.value, smt: config.host.smt)
    }

    mutating func plan() -> Plan {
        let resolution = NICResolution(of: config.nics, on: host, hasNoIOMMU: hasNoIOMMU)
        // EAL probes PCI functions in the order of their addresses, whatever the order of `-a`.
        let sorted = resolution.nics.sorted { $0.address < $1.address }
        let wiring = Wiring(config, nics: sorted)
        problems += resolution.problems + wiring.problems
        if isInGuest { checkRole() }
        var testpmds: [TestpmdPlan] = []
        for section in config.testpmds where !section.isWrong {
            guard let name = section.name, let ports = wiring.ports[name] else { continue }
            if let testpmd = planTestpmd(section, ports) { testpmds.append(testpmd) }
        }
        let places = Dictionary(uniqueKeysWithValues: testpmds.enumerated().map { ($0.element.name, $0.offset) })
        var guests: [GuestPlan] = []
        for section in config.guests where !section.isWrong && !isInGuest {
            let interfaces = wiring.interfaces[section.name ?? ""] ?? []
            let ends = interfaces.compactMap { places[$0.testpmd] }
            // A testpmd that cannot be had has told already.
            guard !interfaces.isEmpty, ends.count == interfaces.count, !interfaces.contains(where: \.isWrong) else { continue }
            if let guest = planGuest(section, interfaces, ends.map { testpmds[$0] }) { guests.append(guest) }
        }
        if config.isComplete { reportWhatIsMissing() }
        let nics = connect(sorted, &testpmds, places, &guests, wiring)
        let isolated = planIsolation()
        let hugepages = planHugepages()
        checkHousekeepers(isolated)
        let housekeeping = host.online.subtracting(isolated)
        let busy = testpmds.reduce(into: CPUSet(guests.flatMap(\.vCPUs))) { $0.formUnion($1.forwardingLcores) }
        return Plan(
            source: config.path, pageSize: config.hugepages.pageSize, hugepages: hugepages, nics: nics, parents: resolution.parents,
            testpmds: testpmds, guests: guests, network: planNetwork(guests), isolated: isolated, housekeeping: housekeeping,
            tuning: planTuning(isolated: isolated, housekeeping: housekeeping, busy: busy),
            kernelArguments: kernelArguments(isolated: isolated, housekeeping: housekeeping, hugepages: hugepages),
            autostart: config.host.autostart, metricsListen: config.host.metricsListen)
    }

    /// Numbers the ports of what is left: the NICs, by address, and virtual devices after them.
    private func connect(
        _ nics: [Plan.NIC], _ testpmds: inout [TestpmdPlan], _ places: [String: Int], _ guests: inout [GuestPlan], _ wiring: Wiring
    ) -> [Plan.NIC] {
        var numbers: [String: Int] = [:]
        var counts: [String: Int] = [:]
        var nics = nics
        for index in nics.indices {
            guard let owner = wiring.owners[nics[index].name] else { continue }
            nics[index].testpmd = owner
            nics[index].port = counts[owner, default: 0]
            numbers[nics[index].name] = nics[index].port
            counts[owner, default: 0] += 1
        }
        for guest in guests.indices {
            for index in guests[guest].vhosts.indices {
                guard let place = places[guests[guest].vhosts[index].testpmd] else { continue }
                guests[guest].vhosts[index].port = testpmds[place].portCount
                let port = guests[guest].vhosts[index]
                numbers[port.name] = port.port
                testpmds[place].vhosts.append(port)
            }
        }
        for index in testpmds.indices {
            let name = testpmds[index].name
            // What is behind a port may have been left out: then the other end has nobody to forward to.
            let pairs = (wiring.ports[name]?.pairs ?? []).compactMap { pair in
                numbers[pair.0].flatMap { first in numbers[pair.1].map { (min(first, $0), max(first, $0)) } }
            }
            testpmds[index].portList = isInGuest ? Array(testpmds[index].nics.indices) : pairs.sorted { $0 < $1 }.flatMap { [$0.0, $0.1] }
        }
        return nics
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

    /// The node that was asked for, if there is such a one with CPUs; otherwise the natural one.
    mutating func node(_ given: Auto<Int>, _ natural: Int, _ who: String, at location: @autoclosure () -> SourceLocation?) -> Int? {
        guard let node = given.value else { return natural }
        if let found = host.node(node), !found.cpus.isEmpty { return node }
        let nodes = host.nodes.filter { !$0.cpus.isEmpty }.map { "\($0.id)" }.joined(separator: ", ")
        report(
            "node-missing", "\(who): NUMANode=\(node), this machine has \(nodes)", remedy: "correct NUMANode=, or set it to auto",
            at: location())
        return nil
    }
}
