import ArgumentParser
import Diagnostics
import Glibc
import HostActions
import JSON
import Linux
import Plan
import UnitView
import Units

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each stage of the chain: its state, since when, and why not.",
        discussion: """
            Shows the units of the plan and those that the last daemon-reload made. Mistakes in the configuration are told, and hide nothing.
            Ends with 0 when all is up, 3 when not or when there are mistakes, 1 when systemd does not answer, 78 when there is no
            configuration and nothing of an earlier one. With --root the configuration is the tree's, the units are this machine's.

            Examples:
              pvpgen status
              pvpgen status --json | jq -r '.units[] | select(.up | not) | .unit'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let (plan, problems) = readPlan(in: root.tree)
        show(problems)
        let units = units(plan, problems)
        if plan == nil, units.isEmpty { throw ExitCode.configuration }
        let status = ChainStatus(try attempt { () throws(Problem) in try Self.read(units) })
        print(output.json ? status.json.text : status.text(Style.output.paint), terminator: "")
        if problems.hasError || !status.isUp { throw ExitCode(3) }
    }

    /// Members now and after the next daemon-reload, and what stands for all of them.
    private func units(_ plan: Plan?, _ problems: [Problem]) -> [String] {
        let present = UnitTree(reading: root.tree, DiffCommand.directory, layout: .own)
        let planned = plan.map { UnitTree($0, problems: problems, layout: .own).members } ?? []
        let known = Set(planned)
        let units = planned + present.members.filter { !known.contains($0) }
        // A guest's disk is no member of the target: the guest requires it.
        let images = units.filter { $0.hasPrefix("pvp-guest@") }.map { "pvp-image@" + $0.dropFirst("pvp-guest@".count) }
        return units.isEmpty ? [] : units + images + ["pvp.target"]
    }

    private static func read(_ units: [String]) throws(Problem) -> [UnitStatus] {
        try UnitStatus.read(units).map { status in
            var status = status
            if status.active == "failed" { status.journal = lastWarning(of: status.unit) }
            return status
        }
    }

    private static func lastWarning(of unit: String) -> String {
        let command = Command(["journalctl", "--unit=\(unit)", "--lines=1", "--output=cat", "--priority=warning", "--quiet", "--no-pager"])
        guard let result = try? command.run(), result.status == 0 else { return "" }
        return result.output.split(separator: "\n").last.map(String.init) ?? ""
    }
}

extension Style {
    fileprivate func paint(_ emphasis: ChainStatus.Emphasis, _ text: String) -> String {
        switch emphasis {
        case .stage: bold(text)
        case .up: green(text)
        case .waiting: yellow(text)
        case .failed: red(text)
        }
    }
}
