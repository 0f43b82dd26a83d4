import ArgumentParser
import Config
import Diagnostics
import HostCheck
import Installation
import JSON
import Linux
import Plan
import Verbs

struct CheckCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and the host",
        discussion: """
            With --config, FILE is checked as if it were /etc/pvpgen/pvp.conf, together with the drop-ins of this \
            host. With --as, FILE is checked as the drop-in of that name, together with the files of this host.

            Exit codes: 0 without errors, 1 if the host lacks something, 78 if the configuration has errors.

            Examples:
              pvpgen check
              pvpgen check --config-only --root=/mnt/other
              pvpgen check --config=new.conf
              pvpgen check --config=- --as=50-memory.conf < memory.conf
              pvpgen check --json | jq -r '.problems[].message'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Flag(help: "Check the files only: no IOMMU groups, images, libvirt or free pages.")
    var configOnly = false

    @Option(
        help: ArgumentHelp(
            "Check FILE instead of the file in place; '-' is standard input.", valueName: "file"),
        completion: .file(extensions: ["conf"]))
    var config: String?

    @Option(name: .customLong("as"), help: ArgumentHelp("Check FILE as this drop-in.", valueName: "name.conf"))
    var dropIn: String?

    func validate() throws {
        guard let dropIn else { return }
        guard config != nil else { throw ValidationError("--as is the name of a file that --config gives") }
        guard ConfigFiles.isDropIn(dropIn) else {
            throw ValidationError("'\(dropIn)' is no name of a drop-in, expected NAME.conf without a slash")
        }
    }

    private func candidate() throws -> ConfigFiles.Candidate? {
        guard let config else { return nil }
        let file = ConfigFiles.File(path: config == "-" ? "stdin" : config, content: try UserFile.read(config))
        return ConfigFiles.Candidate(dropIn: dropIn, file)
    }

    var document: Document.Kind? { form.json ? .check : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, mistakes) = Plan.readOrReport(from: root.tree, with: try candidate())
        var problems = mistakes
        if let plan, !configOnly, !mistakes.hasError { problems += HostCheck(plan: plan, root: root.tree).problems }
        output.report(problems)
        output.add((plan.map { RebootState(of: $0, on: root.tree) } ?? RebootState([])).json)
        if mistakes.hasError { throw ExitCode.configuration }
        if problems.hasError { throw ExitCode.failure }
        if let plan, !configOnly { output.print("\(plan.source): this machine can run it; systemctl start pvp.target") }
    }
}
