package import Config
package import Diagnostics
package import HostTopology
import Values

extension Plan {
    /// Creates the plan. What is wrong with one guest or testpmd is reported and only that is left
    /// out; every problem is reported in one run. A missing NIC is reported and stays in the plan:
    /// it may appear later in the boot, and its unit reports if it does not. `files` are those that
    /// a guest's `DomainXML=` names,
    /// `builds` the results that names in `Build=` have.
    package static func make(
        _ config: Config, on host: HostTopology, files: [String: DomainFile] = [:],
        builds: [String: BuildResult] = [:]
    ) -> (plan: Plan, problems: [Problem]) {
        var planner = Planner(config: config, host: host)
        planner.files = files
        planner.builds = builds
        let plan = planner.plan()
        return (plan, planner.problems)
    }
}

/// The state of planning: the free CPUs, and the problems.
struct Planner {
    let config: Config
    let host: HostTopology
    var problems: [Problem] = []
    /// Files of XML for domains, by path.
    var files: [String: DomainFile] = [:]
    /// The results of builds on this host, by name.
    var builds: [String: BuildResult] = [:]
    var cpus: CPUPool
    /// Pages needed.
    var memory: [NodeMemory] = []
    /// What could be planned so far.
    var chain = PlannedWorkloads()
    /// Who has each MAC address.
    var macs: [MACAddress: AddressOwner] = [:]
    /// The address of each guest on the management network, by its index in the configuration.
    let addresses: [IPv4Address?]
    /// Who has each of those that were given.
    var addressOwners: [IPv4Address: String] = [:]
    /// The ports of this host that were given away.
    var sshPorts: [SSHPort] = []
    /// The first guest of each image, by its file.
    var images: [String: DiskPlan] = [:]
    /// The first guest with a checksum of each algorithm, by the URL.
    var checksums: [String: [DiskPlan]] = [:]
    /// Housekeeping CPUs that were given by hand: to be looked at when all is known that is not.
    var housekeepers: [HousekeepingAssignment] = []

    init(config: Config, host: HostTopology) {
        self.config = config
        self.host = host
        addresses = Self.addresses(config)
        let given = config.testpmds.compactMap { $0.cpus.value } + config.guests.compactMap { $0.cpus.value }
        cpus = CPUPool(host, pinned: given, within: config.host.isolatedCPUs.value, smt: config.host.smt)
    }

    mutating func plan() -> Plan {
        let resolution = NICResolution(of: config.nics, on: host, hasNoIOMMU: hasNoIOMMU, isInGuest: isInGuest)
        // EAL probes PCI functions in the order of their addresses, whatever the order of `-a`.
        let sorted = resolution.nics.sorted { $0.address < $1.address }
        let wiring = PortTopology(config, nics: sorted)
        problems += resolution.problems + wiring.problems
        if isInGuest { checkRole() }
        for (index, section) in config.testpmds.enumerated() {
            if !section.isWrong, let testpmd = planTestpmd(section, wiring.ports[index]) {
                chain.testpmdIndices.append(chain.testpmds.count)
                chain.testpmds.append(testpmd)
            } else {
                chain.testpmdIndices.append(nil)
            }
        }
        chain.guests.reserveCapacity(config.guests.count)
        for index in config.guests.indices where !config.guests[index].isWrong && !isInGuest {
            let interfaces = wiring.interfaces[index]
            let ends = interfaces.compactMap { chain.testpmdIndices[$0.testpmd] }
            // A testpmd without resources has been reported already.
            guard !interfaces.isEmpty, ends.count == interfaces.count, !interfaces.contains(where: \.isWrong) else {
                continue
            }
            if let guest = planGuest(config.guests[index], addresses[index], interfaces, to: ends) {
                chain.guests.append(guest)
                chain.guestIndices.append(index)
            }
        }
        if config.isComplete { reportWhatIsMissing() }
        var nics = connect(sorted, wiring)
        let generators = planGenerators(&nics)
        let isolated = planIsolation()
        let hugepages = planHugepages()
        checkHousekeepers(isolated)
        let housekeeping = host.online.subtracting(isolated)
        let busy = chain.testpmds.reduce(into: CPUSet(chain.guests.flatMap(\.vCPUs))) {
            $0.formUnion($1.forwardingLcores)
        }.union(generators.reduce(into: CPUSet()) { $0.formUnion($1.lcores) })
        return Plan(
            source: config.path, pageSize: config.hugepages.pageSize, hugepages: hugepages, nics: nics,
            parents: resolution.parents,
            testpmds: chain.testpmds, guests: chain.guests, network: planNetwork(chain.guests), isolated: isolated,
            housekeeping: housekeeping,
            tuning: planTuning(isolated: isolated, housekeeping: housekeeping, busy: busy),
            kernelArguments: kernelArguments(isolated: isolated, housekeeping: housekeeping, hugepages: hugepages),
            builds: planBuilds(), generators: generators, options: config.host.options)
    }

    /// Without a NIC there is nothing to forward.
    private mutating func reportWhatIsMissing() {
        let location = config.testpmds.first?.location ?? config.guests.first?.location
        if config.nics.isEmpty {
            report(
                .noNIC, "\(config.path): expected [NIC] sections, found none",
                remedy: "add two [NIC] sections with PCIAddress=", at: location)
        }
    }

    mutating func report(
        _ code: Problem.Code, _ message: String, remedy: String, severity: Problem.Severity = .error,
        at location: SourceLocation?
    ) {
        problems.append(Problem(code, message, remedy: remedy, severity: severity, at: location))
    }

    /// Returns the node that a section names, or `standard`. `nil` if the node does not exist or
    /// has no CPUs; the reason is reported.
    mutating func node(_ given: Auto<Int>, or standard: Int, for owner: String, in section: some ConfigSection) -> Int?
    {
        guard let node = given.value else { return standard }
        if let found = host.node(node), !found.cpus.isEmpty { return node }
        let nodes = host.nodes.filter { !$0.cpus.isEmpty }.map { "\($0.id)" }.joined(separator: ", ")
        report(
            .nodeMissing, "\(owner): NUMANode=\(node): NUMA node not found, expected one of \(nodes)",
            remedy: "correct NUMANode=, or set NUMANode=auto",
            at: section.location(of: "NUMANode"))
        return nil
    }
}
