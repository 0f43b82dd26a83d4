import ArgumentParser
import Diagnostics
import Installation
import JSON
import Linux
import Plan
import Presentation
import SystemdBus
import Units
import Views

struct StatusCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each stage: state, since when, and the reason of a failure",
        discussion: """
            Shows the units of the plan and those of the last daemon-reload. Errors in the configuration are \
            reported, and hide nothing.
            With --root the configuration is read from the tree; the units are those of this machine.

            Exit codes: 0 if all units are active, 1 if systemd does not answer, 3 if a unit is not active or there \
            are errors, 78 if there is no
            configuration and no unit of an earlier one.

            Examples:
              pvpgen status
              pvpgen status --json | jq -r '.units[] | select(.up | not) | .unit'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .status : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.readOrReport(from: root.tree)
        output.reportBriefly(problems)
        let units = units(plan, problems)
        if plan == nil, units.isEmpty { throw ExitCode.configuration }
        let status = ChainStatus(try Self.read(units))
        let reboot = plan.map { RebootState(of: $0, on: root.tree) } ?? RebootState([])
        output.add(status.json)
        output.add(reboot.json)
        output.print(status.text(Style.output.paint), terminator: "")
        if reboot.isRequired { output.print("reboot required, next: \(reboot.remedy)") }
        if problems.hasError || !status.isUp { throw ExitCode.waiting }
    }

    /// Members now and after the next daemon-reload, and what stands for all of them.
    private func units(_ plan: Plan?, _ problems: [Problem]) -> [String] {
        let present = UnitTree(reading: root.tree, UnitTree.generated, layout: .own)
        let planned = plan.map { UnitTree($0, problems: problems, layout: .own).members } ?? []
        let known = Set(planned)
        let units = planned + present.members.filter { !known.contains($0) }
        // A guest's disk is no member of the target: the guest requires it.
        let images = units.filter { $0.hasPrefix("pvp-guest@") }.map { "pvp-image@" + $0.dropFirst("pvp-guest@".count) }
        return units.isEmpty ? [] : units + images + ["pvp.target"]
    }

    private static func read(_ units: [String]) throws(Problem) -> [UnitStatus] {
        try UnitStatus.read(units, from: ServiceManager()).map { status in
            var status = status
            if status.active == "failed" { status.journal = UnitJournal.lastWarning(of: status.unit) }
            return status
        }
    }
}
