import ArgumentParser
import Diagnostics
import JSON
import Plan

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and whether this machine can run it.",
        discussion: """
            Ends with 0 when there is no error, 78 when one is in the configuration, 1 when the machine lacks something.

            Examples:
              pvpgen check
              pvpgen check --config-only --root=/mnt/other
              pvpgen check --json | jq -r '.[].message'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Flag(help: "Only the files; do not look for IOMMU groups, images, libvirt and free pages.")
    var configOnly = false

    func run() throws {
        let (plan, mistakes) = readPlan(in: root.tree)
        var problems = mistakes
        if let plan, !configOnly, !mistakes.hasError { problems += HostCheck(plan: plan, root: root.tree).problems }
        if output.json { print(problems.json.text, terminator: "") } else { show(problems) }
        if mistakes.hasError { throw ExitCode.configuration }
        if problems.hasError { throw ExitCode.failure }
        if let plan, !configOnly, !output.json { print("\(plan.source): this machine can run it; systemctl start pvp.target") }
    }
}
