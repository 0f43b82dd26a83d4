import Config
import Diagnostics
import HostTopology
import Values

extension Planner {
    /// Plans the generators behind all that they measure, and numbers their NICs. A section with an
    /// error is left out; the reason is reported.
    mutating func planGenerators(_ nics: inout [Plan.NIC]) -> [GeneratorPlan] {
        for section in config.nics where !section.isWrong { checkOwner(of: section) }
        var generators: [GeneratorPlan] = []
        for section in config.generators where !section.isWrong {
            guard let name = section.name else { continue }
            let sections = config.nics.filter { $0.generator == name }
            let names = sections.flatMap(\.names)
            var own: [Plan.NIC] = []
            for index in nics.indices where names.contains(nics[index].name) {
                nics[index].generator = name
                nics[index].port = own.count
                own.append(nics[index])
            }
            // A NIC that was refused has been reported already.
            guard own.count == names.count else { continue }
            if let generator = plan(section, name, own) { generators.append(generator) }
        }
        return generators
    }

    /// Reports a NIC of two owners, or of a generator that does not exist.
    private mutating func checkOwner(of section: NICSection) {
        guard let generator = section.generator else { return }
        let owner = "NIC \(section.name ?? "")"
        if section.testpmd != nil {
            report(
                .generatorPorts, "\(owner): expected one of Testpmd= and Generator=, got both",
                remedy: "remove one of them", at: section.location(of: "Generator"))
        } else if !config.generators.contains(where: { $0.name == generator }) {
            let names = config.generators.compactMap(\.name).joined(separator: ", ")
            report(
                .generatorPorts, "\(owner): generator '\(generator)' not found",
                remedy: names.isEmpty ? "add a [Generator] section" : "set Generator= to one of: \(names)",
                at: section.location(of: "Generator"))
        }
    }

    private mutating func plan(_ section: GeneratorSection, _ name: String, _ nics: [Plan.NIC]) -> GeneratorPlan? {
        let owner = "generator \(name)"
        guard let testpmd = measured(by: section, owner), allows(section, nics, owner) else { return nil }
        let program: GeneratorPlan.Program?
        if section.kind == .trex {
            program = section.address.map { .trex(address: $0, ports: section.ports) }
        } else {
            let ports = nics.count + section.devices.count
            guard ports == 2 else {
                report(
                    .generatorPorts, "\(owner): expected 2 ports, one for each NIC of \(testpmd.name), found \(ports)",
                    remedy: "set Generator=\(name) in two [NIC] sections, or Device=", at: section.location)
                return nil
            }
            program = section.host == nil ? local(section, owner, nics, near: testpmd) : remote(section, owner)
        }
        return program.map {
            GeneratorPlan(
                name: name, testpmd: testpmd.name, program: $0, maximumRate: section.maximumRate,
                maximumLag: section.maximumLag)
        }
    }

    /// Returns the testpmd that a generator measures.
    private mutating func measured(by section: GeneratorSection, _ owner: String) -> TestpmdPlan? {
        let names = config.testpmds.compactMap(\.name)
        guard let name = section.testpmd ?? (names.count == 1 ? names[0] : nil), names.contains(name) else {
            let found = section.testpmd.map { "testpmd '\($0)' not found" } ?? "expected Testpmd=, got none"
            report(
                .generatorTestpmd, "\(owner): \(found)",
                remedy: "set Testpmd= to one of: \(names.joined(separator: ", "))", at: section.location(of: "Testpmd"))
            return nil
        }
        // A testpmd without resources has been reported already.
        guard let testpmd = chain.testpmds.first(where: { $0.name == name }) else { return nil }
        if testpmd.nics.count == 2 { return testpmd }
        report(
            .generatorTestpmd, "\(owner): \(name) has \(testpmd.nics.count) NICs, expected 2",
            remedy: "measure a testpmd with two NICs", at: section.location)
        return nil
    }

    /// Whether the settings of a section belong to its program.
    private mutating func allows(_ section: GeneratorSection, _ nics: [Plan.NIC], _ owner: String) -> Bool {
        let given = ["Device", "Host", "CPUs", "Memory", "MaximumLag", "Address", "Ports"].filter {
            !section.source.assignments(of: $0).isEmpty
        }
        let allowed =
            section.kind == .trex ? ["Address", "Ports"] : ["Device", "Host", "CPUs", "Memory", "MaximumLag"]
        let surplus = given.filter { !allowed.contains($0) }
        if let key = surplus.first {
            report(
                .generatorSetting, "\(owner): \(key)= has no meaning with Kind=\(section.kind.rawValue)",
                remedy: "remove \(key)=", at: section.location(of: key))
        }
        let isElsewhere = section.kind == .trex || section.host != nil
        if isElsewhere, let nic = nics.first {
            report(
                .generatorSetting, "\(owner): NIC \(nic.name) is of this host, and the generator runs on another one",
                remedy: "remove Generator= of the NIC" + (section.kind == .trex ? "" : ", and set Device="),
                at: section.location)
        }
        if section.kind == .trex, section.address == nil {
            report(
                .generatorSetting, "\(owner): Kind=trex: expected Address=, got none",
                remedy: "set Address= to the server of TRex", at: section.location)
        }
        return surplus.isEmpty && !(isElsewhere && !nics.isEmpty)
    }

    private mutating func local(
        _ section: GeneratorSection, _ owner: String, _ nics: [Plan.NIC], near testpmd: TestpmdPlan
    ) -> GeneratorPlan.Program? {
        let node = nics.lazy.compactMap(\.node).first ?? testpmd.node
        let request = CPURequest(
            given: section.cpus, count: .auto, defaultCount: 2, setting: "CPUs", short: .lcoresShort,
            differ: .lcoresDiffer)
        if let given = section.cpus.value, given.count != 2 {
            report(
                .lcoresDiffer, "\(owner): CPUs=\(given): expected 2 CPUs, one for each port, got \(given.count)",
                remedy: "set 2 CPUs, or CPUs=auto", at: section.location(of: "CPUs"))
            return nil
        }
        let memory = section.memory ?? (nics.isEmpty ? 0 : 1 << 30)
        let taken =
            memory > 0
            ? take(memory, request, for: owner, on: node, in: section)
            : takeCPUs(request, for: owner, on: node, in: section)
        guard let lcores = taken else { return nil }
        return .local(
            LocalGenerator(
                mainLcore: cpus.reserved(node).first ?? 0, lcores: CPUSet(lcores), node: node,
                memory: UInt64(pageCount(memory)) * config.hugepages.pageSize.bytes,
                nics: nics.map { TestpmdPlan.Device(address: $0.address, options: $0.options) },
                devices: section.devices, hasNoIOMMU: nics.contains(where: \.hasNoIOMMU)))
    }

    private mutating func remote(_ section: GeneratorSection, _ owner: String) -> GeneratorPlan.Program? {
        guard let host = section.host else { return nil }
        guard let cpus = section.cpus.value, cpus.count == 3 else {
            report(
                .lcoresDiffer, "\(owner): expected CPUs= with 3 CPUs of \(host): for commands, and for each port",
                remedy: "set CPUs= to 3 CPUs of \(host)", at: section.location(of: "CPUs"))
            return nil
        }
        let isPhysical = section.devices.contains { PCIAddress(String($0.prefix { $0 != "," })) != nil }
        return .remote(
            RemoteGenerator(
                host: host, cpus: cpus, memory: section.memory ?? (isPhysical ? 1 << 30 : 0),
                devices: section.devices))
    }
}
