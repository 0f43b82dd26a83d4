import ArgumentParser
import JSON
import Lifecycle
import Linux
import Plan
import SystemdBus
import Verbs

struct StartCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Start everything, and show each stage as it comes up",
        discussion: """
            Starts pvp.target, as 'systemctl start pvp.target' does, and shows the stages: state, time taken, progress \
            of downloads. A unit that fails is reported with the last lines of its journal; the others still start. \
            Ctrl-C detaches: the jobs of systemd continue.
            With --root the configuration is read from the tree; the units are those of this machine.

            Exit codes: 0 if everything is up, 1 if a unit failed, 78 if there is no configuration, 130 after Ctrl-C.

            Examples:
              pvpgen start
            """)
    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .operation : nil }

    func run(_ output: VerbOutput) throws { try output.perform(.start, in: root.tree) }
}

struct StopCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop everything, and wait until the host is restored",
        discussion: """
            Stops pvp.target, as 'systemctl stop pvp.target' does, and waits until all of its units are inactive: \
            NICs have their former drivers, hugepages and tuning are released. Prints the time that each stage took. \
            Ctrl-C detaches: the jobs of systemd continue.

            Exit codes: 0 if everything is stopped, 1 if a unit failed, 130 after Ctrl-C.

            Examples:
              pvpgen stop
            """)
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .operation : nil }

    func run(_ output: VerbOutput) throws { try output.perform(.stop) }
}

struct RestartCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Stop and start everything, and show each stage",
        discussion: """
            Restarts pvp.target, as 'systemctl restart pvp.target' does. 'pvpgen apply' restarts only what has changed.

            Exit codes: those of pvpgen start.

            Examples:
              pvpgen restart
            """)
    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .operation : nil }

    func run(_ output: VerbOutput) throws { try output.perform(.restart, in: root.tree) }
}

extension VerbOutput {
    /// Reports errors of a configuration in `root` first: units that they leave out are not
    /// started.
    fileprivate func perform(_ verb: ChainVerb, in root: Root? = nil) throws {
        if let root {
            let (plan, problems) = Plan.readOrReport(from: root)
            reportBriefly(problems)
            if plan == nil { throw ExitCode.configuration }
        }
        let outcome = try ChainLoop.run(verb, on: ServiceManager(), screen: isJSON ? nil : .standard)
        add(outcome.json)
        if isJSON { report(outcome.problems) }
        if outcome.hasChanged { markChanged() }
        try ExitCode.end(with: outcome.exitStatus)
    }
}
