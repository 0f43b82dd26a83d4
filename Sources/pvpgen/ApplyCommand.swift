import ArgumentParser
import Diagnostics
import HostActions
import Installation
import JSON
import Linux
import SystemdBus
import Units
import Verbs
import Views

struct ApplyCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply the configuration to the running units",
        discussion: """
            Stops orphaned units and those that pvpgen diff calls outdated, stale or replaced, reloads systemd, \
            and starts them again, with \
            new ones if pvp.target is active, in systemd's order. Guests are restarted last: a guest with the same \
            domain keeps running, \
            and only its pvp-guest is restarted. It is stopped if its hugepages, network or disk changed. \
            An inactive unit stays inactive.
            Kernel arguments that the running kernel lacks are listed: they require pvpgen install and a reboot.
            With --root no command is run, and running units are ignored.

            Exit codes: 0 on success, 1 on failure, 3 if a reboot is required, 78 if the configuration has errors.

            Examples:
              pvpgen apply
              pvpgen apply --dry-run
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Flag(help: "Print each command without running it.")
    var dryRun = false

    var document: Document.Kind? { form.json ? .apply : nil }

    func run(_ output: VerbOutput) throws {
        let plan = try output.plan(in: root.tree)
        let new = UnitTree(plan)
        let present = UnitTree(reading: root.tree, UnitTree.generated, layout: .own)
        try output.events(["commands"], in: root.tree, isDry: dryRun) { runner in
            if !dryRun, try NetworkRecord.renew(in: root.tree) { output.markChanged() }
            let manager = root.tree.prefix.isEmpty ? try ServiceManager() : nil
            let running =
                try manager.map { manager throws(Problem) in try RunningUnit.all([new, present], from: manager) } ?? []
            let difference = UnitDifference(from: present, to: new, running: running)
            let isUp = try manager?.properties(of: "pvp.target").activeState == "active"
            let applyPlan = ApplyPlan(difference, from: present, to: new, isTargetUp: isUp)
            output.print(applyPlan.text(of: difference), terminator: "")
            output.add(applyPlan.json(of: difference))
            // Also if the first action fails in part.
            if runner.runs, !applyPlan.actions.isEmpty { output.markChanged() }
            for action in applyPlan.actions { try runner.perform(action, by: manager) }
        }
        let reboot = RebootState(of: plan, on: root.tree)
        output.add(reboot.json)
        if !dryRun, let warning = reboot.mark(in: root.tree) { output.report([warning]) }
        guard reboot.isRequired else { return }
        for state in reboot.reasons { output.print("\(state.text): \(state.explanation)") }
        output.print("next: \(reboot.remedy())")
        throw ExitCode.waiting
    }
}
