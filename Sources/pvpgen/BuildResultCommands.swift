import ArgumentParser
import BuildActions
import Builds
import Diagnostics
import JSON
import Lifecycle
import Linux
import Plan
import Presentation
import SystemdBus
import Verbs

struct BuildListCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the results on this host, and what uses them",
        discussion: "Examples:\n  pvpgen build list")

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .builds : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.read(from: root.tree)
        output.reportBriefly(problems.relevantForBuilds)
        let listing = BuildListing(plan, in: root.tree)
        output.add(listing.json)
        output.print(listing.text, terminator: "")
    }
}

struct BuildShowCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print what a result was built from",
        discussion: "Examples:\n  pvpgen build show dpdk-24.11")

    @OptionGroup var root: RootOption
    @Argument(help: "Name of a build or of a result.") var name: String

    func run(_ output: VerbOutput) throws {
        let store = BuildStore(root.tree)
        let result = try store.result(named: name)
        guard let record = store.record(of: result) else {
            throw Problem(
                .buildResult, "\(result.path)/\(BuildResult.record): cannot be read",
                remedy: "run 'pvpgen build remove \(result.name)', then 'pvpgen build'")
        }
        output.print(record.json.text)
    }
}

struct BuildLogCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print the journal of a build",
        discussion: "Examples:\n  pvpgen build log dpdk-24.11")

    @Argument(help: "Name of the build.") var name: String

    func run(_ output: VerbOutput) throws {
        let units = [BuildJob.source(of: name), BuildJob.unit(of: name)]
        try ExitCode.end(with: LogLoop.run(LogSelection(units: units), from: JournalReader(), options: .init()))
    }
}

struct BuildRemoveCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove results that nothing uses",
        discussion: """
            A result that the configuration uses or that a process runs is not removed.

            Examples:
              pvpgen build remove dpdk-24.11
              pvpgen build remove --unused
            """)

    @OptionGroup var root: RootOption
    @Argument(help: "Names of builds or results.") var names: [String] = []
    @Flag(help: "Remove each result that nothing uses.") var unused = false

    func validate() throws {
        if names.isEmpty != unused { throw ValidationError("expected names of builds or results, or --unused") }
    }

    func run(_ output: VerbOutput) throws {
        let store = BuildStore(root.tree)
        // A configuration with errors may use any of them.
        let plan = try output.buildPlan(in: root.tree)
        let use = BuildUse(plan, in: root.tree)
        var results = try names.map { try store.result(named: $0) }
        if unused { results = store.entries.map(\.result).filter { (try? use.refuse($0)) != nil } }
        for result in results { try use.refuse(result) }
        for result in results {
            try store.remove(result)
            output.markChanged()
            output.print("\(result.path): removed")
        }
        if results.isEmpty { output.print("nothing to remove") }
    }
}

struct BuildExportCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a result to standard output or a file, for another host",
        discussion: "Examples:\n  pvpgen build export dpdk-24.11 > dpdk.tar.gz")

    @OptionGroup var root: RootOption
    @Argument(help: "Name of a build or of a result.") var name: String
    @Option(help: ArgumentHelp("Write to FILE.", valueName: "file"), completion: .file()) var output: String?

    func run(_ document: VerbOutput) throws {
        let result = try BuildStore(root.tree).result(named: name)
        guard output != nil || !Descriptor.isTerminal(Descriptor.standardOutput) else {
            throw Problem(
                .usage, "standard output is a terminal", remedy: "run 'pvpgen build export \(name) > FILE'")
        }
        let writer = BuildArchive(in: root.tree).writer(of: result, to: output.map(UserFile.absolute) ?? "-")
        try ExitCode.end(with: writer.runOnTerminal())
    }
}

struct BuildImportCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Add a result of another host",
        discussion: """
            The name in Build= is the one that the result was built for, or --name.

            Examples:
              pvpgen build import dpdk.tar.gz
              pvpgen build import dpdk.tar.gz --name=dpdk-test
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption
    @Argument(help: "What pvpgen build export wrote.", completion: .file()) var file: String
    @Option(help: "Name for Build=.") var name: String?

    var document: Document.Kind? { form.json ? .builds : nil }

    func validate() throws {
        if let name, !GuestResetCommand.isName(name) { throw ValidationError("--name=\(name): expected a name") }
    }

    func run(_ output: VerbOutput) throws {
        let record = try BuildArchive(in: root.tree).add(UserFile.absolute(file))
        let name = name ?? record.name
        guard GuestResetCommand.isName(name) else {
            throw Problem(.buildResult, "\(file): '\(name)' is no name of a build", remedy: "set --name=")
        }
        do throws(SystemError) {
            try BuildStore(root.tree).link(name, to: record.result)
        } catch {
            throw error.problem(.buildState, remedy: "run the command as root")
        }
        output.markChanged()
        output.print("\(name): \(record.result.path)")
        output.add(BuildListing(Plan.read(from: root.tree).plan, in: root.tree).json)
        for problem in BuildCheck(root.tree).problems(of: record) { output.report([problem]) }
        if root.tree.prefix.isEmpty { try? ServiceManager().perform(.reload) }
    }
}

extension [Problem] {
    /// Those without builds that are missing, which is why they are built, and without the NICs
    /// that a host for building does not have.
    var relevantForBuilds: [Problem] { filter { ![.buildMissing, .noNIC].contains($0.code) } }
}

extension VerbOutput {
    /// The plan of a configuration whose builds or NICs may be missing; `nil` without a
    /// configuration.
    func buildPlan(in root: Root) throws -> Plan? {
        let (plan, problems) = Plan.read(from: root)
        let others = problems.relevantForBuilds
        reportBriefly(others)
        if others.hasError { throw ExitCode.configuration }
        return plan
    }
}
