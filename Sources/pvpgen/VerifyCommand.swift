import ArgumentParser
import JSON
import Linux
import Presentation
import SystemdBus
import Units
import Verbs
import Verification
import Views

struct VerifyCommand: RootedVerb {
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
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .verification : nil }

    func run(_ output: VerbOutput) throws {
        let plan = try output.plan(in: root.tree, countsWarnings: true)
        let members = UnitTree(plan).members
        var snapshot = Snapshot(of: root.tree, for: plan)
        snapshot.units = try UnitStatus.read(members + ["pvp.target"], from: ServiceManager())
        try snapshot.rememberInterrupts(in: root.tree)
        let verification = Verification(of: plan, on: snapshot)
        output.add(verification.json)
        output.print(verification.text(Style.output.paint), terminator: "")
        if !verification.deviations.isEmpty { throw ExitCode.failure }
    }
}
