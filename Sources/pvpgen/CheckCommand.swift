import ArgumentParser
import Diagnostics
import HostCheck
import JSON
import Plan
import Presentation

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and the host",
        discussion: """
            Exit codes: 0 without errors, 1 if the host lacks something, 78 if the configuration has errors.

            Examples:
              pvpgen check
              pvpgen check --config-only --root=/mnt/other
              pvpgen check --json | jq -r '.[].message'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Flag(help: "Check the files only: no IOMMU groups, images, libvirt or free pages.")
    var configOnly = false

    func run() throws {
        let (plan, mistakes) = readPlan(in: root.tree)
        var problems = mistakes
        if let plan, !configOnly, !mistakes.hasError { problems += HostCheck(plan: plan, root: root.tree).problems }
        if output.json { print(problems.json.text, terminator: "") } else { printProblems(problems) }
        if mistakes.hasError { throw ExitCode.configuration }
        if problems.hasError { throw ExitCode.failure }
        if let plan, !configOnly, !output.json {
            print("\(plan.source): this machine can run it; systemctl start pvp.target")
        }
    }
}
