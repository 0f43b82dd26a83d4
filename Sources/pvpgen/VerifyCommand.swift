import ArgumentParser
import Diagnostics
import JSON
import Linux
import Plan
import Presentation
import SystemdBus
import Units
import Verification
import Views

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare the running host with the plan",
        discussion: """
            Checks kernel arguments and isolated CPUs, the hugepages of each node, drivers, IOMMU groups and links of \
            NICs, the allowed and current CPU
            of each thread of testpmd and guests, the guests' memory by node and their rings, interrupts on isolated \
            CPUs since the last run,
            the values that pvp-tune sets, and units. Use pvpgen check before the start, pvpgen verify after it. \
            Root is required.
            With --root the files are those of the tree; the units are those of this machine.

            Exit codes: 0 without deviations, 1 with deviations, 78 if the configuration has errors.

            Examples:
              pvpgen verify
              pvpgen verify --json | jq -r '.items[] | select(.ok | not).subject'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let plan = try validPlan(in: root.tree, countsWarnings: true)
        let members = UnitTree(plan, problems: [], layout: .own).members
        let verification = try exitOnProblem { () throws(Problem) in
            var snapshot = Snapshot(of: root.tree, for: plan)
            snapshot.units = try UnitStatus.read(members + ["pvp.target"], from: ServiceManager())
            try snapshot.rememberInterrupts(in: root.tree)
            return Verification(of: plan, on: snapshot)
        }
        print(output.json ? verification.json.text : verification.text(Style.output.paint), terminator: "")
        if !verification.deviations.isEmpty { throw ExitCode.failure }
    }
}
