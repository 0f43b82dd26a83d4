import Config
package import Diagnostics
import HostTopology
import Linux
import Manual
package import Plan
package import Values

/// A configuration for a host, as `pvpgen init` writes it.
package struct ConfigProposal: Sendable {
    /// Memory of a NUMA node that is left to the host, in bytes.
    private static let hostMemory: UInt64 = 1 << 30

    /// The file.
    package let text: String
    /// Its plan on the host.
    package let plan: Plan
    /// Warnings of the plan.
    package let warnings: [Problem]

    /// What is set below the defaults so that a small host can have it; `nil` is the default.
    private struct Sizing {
        var lcores: Int?
        var vCPUs: Int?
        var memory: String?

        /// From the defaults to the smallest.
        static let all = [(nil, nil), (nil, 2), (1, 2), (1, 1)].flatMap { lcores, vCPUs in
            [nil, "2G", "1G"].map { Sizing(lcores: lcores, vCPUs: vCPUs, memory: $0) }
        }
    }

    /// Creates the configuration with the defaults, or with the next smaller sizes that the plan
    /// accepts. Returns the problems of the smallest one if that does not fit either. `wanted` and
    /// `image` are the user's choice; empty and `nil` leave it to the survey.
    package static func make(
        _ survey: HostSurvey, wanted: [PCIAddress], image: String?
    ) throws(Problem) -> Result<ConfigProposal, ProposalFailure> {
        let nics = try survey.select(wanted)
        let image = try survey.selectImage(image)
        let host = HostTopology(reading: survey.root, nics: nics.map { .address($0.address) })
        var failure = ProposalFailure(problems: [])
        for sizing in Sizing.all {
            let text = template(nics, image, sizing, survey).text()
            let (config, mistakes) = Config.parse([
                .init(path: "/etc/pvpgen/pvp.conf", content: Array(text.utf8))
            ])
            let (plan, found) = Plan.make(config, on: host)
            let problems = mistakes + found + shortage(of: plan, on: host)
            if !problems.hasError {
                return .success(ConfigProposal(text: text, plan: plan, warnings: problems))
            }
            failure = ProposalFailure(problems: problems)
        }
        return .failure(failure)
    }

    private static func shortage(of plan: Plan, on host: HostTopology) -> [Problem] {
        plan.hugepages.compactMap { pages in
            let memory = host.node(pages.node)?.memory ?? 0
            let planned = UInt64(pages.pages) * plan.pageSize.bytes
            guard memory > 0, planned + hostMemory > memory else { return nil }
            return Problem(
                .memoryShort,
                "NUMA node \(pages.node): expected 1 GiB for the host beside \(planned >> 20) MiB of hugepages, got "
                    + "\(memory >> 20) MiB in all",
                remedy: "use NICs of another node, or add memory")
        }
    }

    private static func template(
        _ nics: [NICCandidate], _ image: String, _ sizing: Sizing, _ survey: HostSurvey
    ) -> ConfigTemplate {
        let smaller = ["Smaller than the default, to fit this host."]
        var sections = nics.map { nic in
            ConfigTemplate.Section(
                "NIC", comments: [nic.description],
                [("PCIAddress", "\(nic.address)")] + (nic.keepsDriver ? [("Driver", "none")] : []))
        }
        if let lcores = sizing.lcores {
            sections.append(.init("Testpmd", comments: smaller, [("ForwardingLcores", "\(lcores)")]))
        }
        let sizes = [("Memory", sizing.memory), ("VCPUs", sizing.vCPUs.map { "\($0)" })]
        let set = sizes.compactMap { key, value in value.map { (key, $0) } }
        sections.append(
            .init("Guest", comments: set.isEmpty ? [] : smaller, [(key: "Image", value: image)] + set))
        return ConfigTemplate(header: header(nics, survey), sections: sections)
    }

    private static func header(_ nics: [NICCandidate], _ survey: HostSurvey) -> [String] {
        let others = survey.nics.filter { nic in !nics.contains { $0.address == nic.address } }
        let left = others.flatMap { nic in
            ["  \(nic.address) (\(nic.description))"] + (nic.objection.map { ["    " + $0.message] } ?? [])
        }
        return [
            "Configuration of a PVP host, written by 'pvpgen init'. Run 'pvpgen check', then 'pvpgen install'.",
            "Lines that start with #Key= show defaults. See pvp.conf(5).",
        ] + (left.isEmpty ? [] : ["NICs of this host that are not used:"] + left)
    }
}

/// The reasons why no configuration fits a host.
package struct ProposalFailure: Error, Sendable {
    /// Without locations, because the file does not exist.
    package let problems: [Problem]

    init(problems: [Problem]) {
        self.problems = problems.map { problem in
            var problem = problem
            problem.location = nil
            return problem
        }
    }
}
