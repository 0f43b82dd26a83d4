import ArgumentParser
import BuildActions
import Builds
import Diagnostics
import JSON
import Linux
import Plan
import Presentation
import SystemdBus
import Verbs

struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Build DPDK and QEMU from source, and manage the results",
        discussion: "Examples:\n  pvpgen build\n  pvpgen build list\n  pvpgen build log dpdk-24.11",
        subcommands: [
            BuildRunCommand.self, BuildListCommand.self, BuildShowCommand.self, BuildLogCommand.self,
            BuildRemoveCommand.self, BuildExportCommand.self, BuildImportCommand.self,
        ], defaultSubcommand: BuildRunCommand.self)
}

struct BuildRunCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Build what [Build] sections describe and this host lacks (default)",
        discussion: """
            A build whose result exists is not built again: the result's name has a hash of all that it is built \
            from. The source is fetched by an unprivileged service, and compiled by another one that has no network. \
            Both go on after Ctrl-C; run pvpgen build again to follow them.

            Examples:
              pvpgen build run
              pvpgen build dpdk-24.11
              pvpgen build --dry-run
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption
    @Argument(
        help: "Names of [Build] sections; all by default.",
        completion: .custom { words, _, _ in Plan.read(from: RootOption.tree(words)).plan?.builds.map(\.name) ?? [] })
    var names: [String] = []
    @Flag(help: "Print source, commands, missing packages and an estimate, and build nothing.")
    var dryRun = false
    @Flag(help: "Only fetch and verify the sources.")
    var fetch = false

    var document: Document.Kind? { form.json ? .builds : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.read(from: root.tree)
        let builds = try BuildSelection.builds(names, in: plan, problems)
        output.reportBriefly(problems.relevantForBuilds)
        guard let plan, !builds.isEmpty else {
            output.print("no [Build] section: nothing to build")
            return output.add(["builds": []])
        }
        var members: [JSON] = []
        for build in builds {
            let state = try BuildState(build, of: plan, in: root.tree)
            if dryRun {
                output.print(state.text, terminator: "")
            } else {
                try make(state, output)
            }
            members.append(try dryRun ? state.json : BuildState(build, of: plan, in: root.tree).json)
        }
        output.add(["builds": .array(members)])
    }

    private func make(_ state: BuildState, _ output: VerbOutput) throws {
        let name = state.build.name
        if fetch, state.result == nil || !state.isFetched { return try start(name, output) }
        if let result = state.result, !fetch {
            if state.build.result == result { return output.print("\(name): \(result.path): nothing to do") }
            _ = try BuildPublication(state.build, in: root.tree).publish(state.inputs)
            return try finish(name, result, output)
        }
        if fetch { return output.print("\(name): the source is on this host: nothing to do") }
        try state.checkRequirements()
        try start(name, output)
        guard let target = try? root.tree.link(BuildResult.link(of: name)), let result = BuildResult(target) else {
            throw Problem(.buildState, "build \(name): has no result", remedy: "run 'pvpgen build log \(name)'")
        }
        try finish(name, result, output)
    }

    private func start(_ name: String, _ output: VerbOutput) throws {
        guard root.tree.prefix.isEmpty else {
            throw Problem(
                .usage, "--root: builds are services of this machine",
                remedy: "run 'pvp-build source|compile|publish \(name) --root=DIR'")
        }
        output.markChanged()
        var line = StatusLine(name)
        defer { output.print(line.end(), terminator: "") }
        try BuildJob(name, on: ServiceManager()).run(onlySource: fetch) { status in
            output.print(line.text(status), terminator: "")
        }
    }

    private func finish(_ name: String, _ result: BuildResult, _ output: VerbOutput) throws {
        output.markChanged()
        if root.tree.prefix.isEmpty { try ServiceManager().perform(.reload) }
        output.print("\(name): \(result.path)")
        output.print("next: 'pvpgen apply' restarts the units that use it")
    }
}
