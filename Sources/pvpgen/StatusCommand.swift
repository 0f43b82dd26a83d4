import ArgumentParser
import Diagnostics
import Installation
import JSON
import Lifecycle
import Linux
import Plan
import Presentation
import SystemdBus
import Units
import Values
import Verbs
import Views

struct StatusCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each stage: state, since when, and the reason of a failure",
        discussion: """
            Shows the units of the plan and those of the last daemon-reload. Errors in the configuration are \
            reported, and hide nothing.
            With --root the configuration is read from the tree; the units are those of this machine.
            --watch shows each change; with --json, each as an object in one line. --wait returns as soon as all units \
            are active or one has failed.

            Exit codes: 0 if all units are active, 1 if systemd does not answer, 3 if a unit is not active or there \
            are errors, 78 if there is no
            configuration and no unit of an earlier one, 130 after Ctrl-C.

            Examples:
              pvpgen status
              pvpgen status --wait=5min && pvpgen verify
              pvpgen status --watch
              pvpgen status --json | jq -r '.units[] | select(.up | not) | .unit'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Flag(help: "Show each change until Ctrl-C or, with --wait, until the wait is over.")
    var watch = false

    @Option(
        help: ArgumentHelp("Wait until all units are active, at most SPAN: 500ms, 10s, 2min.", valueName: "span"),
        transform: { text in
            guard let span = TimeSpan(text), 0...86_400_000 ~= span.milliseconds else {
                throw ValidationError("'\(text)' is no time span up to 1d")
            }
            return span
        })
    var wait: TimeSpan?

    var document: Document.Kind? { form.json ? .status : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.readOrReport(from: root.tree)
        output.reportBriefly(problems)
        let units = ChainUnits(plan, problems, in: root.tree).shown
        if plan == nil, units.isEmpty { throw ExitCode.configuration }
        let reboot = plan.map { RebootState(of: $0, on: root.tree) } ?? RebootState([])
        output.add(reboot.json)
        if watch || wait != nil {
            return try output.stream { document in
                let options = StatusLoop.Options(isWatching: watch, limit: wait?.milliseconds, document: document)
                let status = try StatusLoop.run(units, on: ServiceManager(), options: options)
                try ExitCode.end(with: status == 0 && problems.hasError ? ExitCode.waiting.rawValue : status)
            }
        }
        let status = ChainStatus(try Self.read(units))
        output.add(status.json)
        output.print(status.text(Style.output.paint), terminator: "")
        if reboot.isRequired { output.print("reboot required, next: \(reboot.remedy())") }
        if problems.hasError || !status.isUp { throw ExitCode.waiting }
    }

    private static func read(_ units: [String]) throws(Problem) -> [UnitStatus] {
        try UnitStatus.read(units, from: ServiceManager()).map { status in
            var status = status
            if status.active == "failed" { status.journal = UnitJournal.lastWarning(of: status.unit) }
            return status
        }
    }
}

extension ChainUnits {
    /// The units of a plan, and those of the last daemon-reload.
    init(_ plan: Plan?, _ problems: [Problem], in root: Root) {
        self.init(
            planned: plan.map { UnitTree($0, problems: problems, layout: .own) },
            present: UnitTree(reading: root, UnitTree.generated, layout: .own))
    }

    /// The same of the configuration in a tree, without its errors.
    init(in root: Root) {
        let (plan, problems) = Plan.read(from: root)
        self.init(plan, problems, in: root)
    }
}
