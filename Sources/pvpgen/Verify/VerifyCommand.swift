import ArgumentParser
import Diagnostics
import JSON
import Linux
import Plan
import UnitView
import Units
import Verification

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare the running machine with the plan, item by item.",
        discussion: """
            Looks at the kernel's arguments and isolated CPUs, hugepages of each node, NICs with their drivers, IOMMU groups and links, each thread of
            testpmd and of the guests with the CPUs that it may be on and the one that it is on, the guests' memory by node and their rings, interrupts
            that came to isolated CPUs since verify was run the last time, what pvp-tune sets, and units. check is for before the start, verify for after it.
            Ends with 0 when all is as planned, 1 when something is not, 78 when there are mistakes in the configuration. Run it as root.
            With --root the files are the tree's, the units are this machine's.

            Examples:
              pvpgen verify
              pvpgen verify --json | jq -r '.items[] | select(.ok | not) | .subject'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let plan = try soundPlan(in: root.tree)
        let members = UnitTree(plan, problems: [], layout: .own).members
        let verification = try attempt { () throws(Problem) in
            var snapshot = Snapshot(of: root.tree, for: plan)
            snapshot.units = try UnitStatus.read(members + ["pvp.target"])
            try snapshot.rememberInterrupts(in: root.tree)
            return Verification(of: plan, on: snapshot)
        }
        print(output.json ? verification.json.text : verification.text(Style.output.paint), terminator: "")
        if !verification.deviations.isEmpty { throw ExitCode.failure }
    }
}

extension Style {
    fileprivate func paint(_ emphasis: Verification.Emphasis, _ text: String) -> String {
        switch emphasis {
        case .right: green(text)
        case .wrong: red(text)
        }
    }
}
