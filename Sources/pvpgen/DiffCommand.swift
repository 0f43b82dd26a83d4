import ArgumentParser
import Diagnostics
import HostActions
import JSON
import Linux
import Plan
import UnitView
import Units

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what a daemon-reload would change, and which running units are older than their file.",
        discussion: """
            The units that the generator would write now are compared with those below /run/systemd/generator. Each of our units that runs is
              current   as its files say
              outdated  its files change with the next daemon-reload
              stale     the arguments or the standard input (a guest's domain) that its main process was started with are not what its
                        present file says; a unit without a process, such as a NIC's or hugepages', is never stale
              replaced  the program that its main process runs was replaced, as by an upgrade of the package
              orphan    no longer in the plan
            with the command to run. The restart of a guest's unit leaves the guest running if its domain is the same. With --root only files are compared.
            Ends with 0 when there is no difference, 1 when there is one or systemd does not answer, 78 when there are mistakes in the configuration.

            Examples:
              pvpgen diff
              pvpgen diff --json | jq -r '.running[].commands[]'
            """)

    static let directory = "/run/systemd/generator"

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let new = UnitTree(try soundPlan(in: root.tree), problems: [], layout: .own)
        let present = UnitTree(reading: root.tree, Self.directory, layout: .own)
        let running = root.tree.prefix.isEmpty ? try attempt { () throws(Problem) in try RunningUnit.services([new, present]) } : []
        let difference = UnitDifference(from: present, to: new, running: running)
        print(output.json ? difference.json.text : difference.text(Style.output.paint), terminator: "")
        if !difference.isEmpty { throw ExitCode.failure }
    }
}

extension Problem {
    /// systemctl does not answer.
    static func systemdSilent(_ result: Command.Result) -> Problem {
        let line = result.output.split(separator: "\n").first.map(String.init) ?? "no output"
        return Problem(
            "systemd-silent", "systemctl show: exit status \(result.status): \(line)",
            remedy: "`systemctl is-system-running` tells whether systemd runs")
    }
}

extension Style {
    fileprivate func paint(_ emphasis: UnitDifference.Emphasis, _ text: String) -> String {
        switch emphasis {
        case .name: bold(text)
        case .new: green(text)
        case .old: red(text)
        }
    }
}
