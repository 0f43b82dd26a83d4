import ArgumentParser
import ConsoleClient
import Linux
import Presentation
import Verbs

/// The command line.
@main struct Pvpgen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pvpgen",
        abstract: "Configure a host for PVP benchmarks: NICs on vfio-pci, testpmd, guests",
        discussion: """
            Describe the host in /etc/pvpgen/pvp.conf. See pvp.conf(5) for the settings, pvpgen-units(7) for the units.

            Exit codes: 0 on success, 1 on failure, 2 for wrong usage, 3 if not all units are active (status) or a \
            reboot is required (install, apply),
            78 for errors in the configuration, 124 if there is no answer in time (console -c).

            Examples:
              pvpgen check
              pvpgen install
              systemctl start pvp.target
              journalctl -u testpmd
              pvpgen console
            """,
        version: "0.1.0",
        subcommands: [ManualCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Configure",
                subcommands: [
                    InitCommand.self, EditCommand.self, CheckCommand.self, PlanCommand.self, ExplainCommand.self,
                    CatCommand.self,
                    ImportCommand.self,
                    GenerateCommand.self,
                ]),
            CommandGroup(
                name: "Deploy",
                subcommands: [
                    InstallCommand.self, StartCommand.self, StopCommand.self, RestartCommand.self, DiffCommand.self,
                    ApplyCommand.self, BuildCommand.self, UninstallCommand.self,
                ]),
            CommandGroup(
                name: "Observe",
                subcommands: [
                    StatusCommand.self, LogCommand.self, VerifyCommand.self, TopCommand.self, MetricsCommand.self,
                    ReportCommand.self, CompareCommand.self,
                ]),
            CommandGroup(name: "Measure", subcommands: [MeasureCommand.self]),
            CommandGroup(name: "Interact", subcommands: [ConsoleCommand.self, SSHCommand.self, GuestCommand.self]),
        ])

    /// The verbs by group, for the manual page.
    static var groups: [(name: String, verbs: [String])] {
        configuration.groupedSubcommands.map { group in
            (group.name, group.subcommands.compactMap { $0.configuration.commandName })
        }
    }

    static func main() {
        let arguments = CommandLine.arguments
        if let program = arguments.first, let helper = HelperProgram(startedAs: program) {
            helper.run(Array(arguments.dropFirst()))
        }
        do {
            if let call = ConsoleCall(CommandLine.arguments.dropFirst()) {
                return try VerbOutput(nil).run { _ in try ExitCode.end(with: call.run()) }
            }
            var command = try parseAsRoot()
            try command.run()
        } catch {
            switch exitCode(for: error) {
            case .success:
                let text = fullMessage(for: error, columns: Help.columns)
                let output = VerbOutput(nil)
                do {
                    try output.run { $0.print(Help.requested(by: text) ?? text + "\n", terminator: "") }
                } catch {
                    exit(withError: error)
                }
                exit(withError: ExitCode.success)
            // The argument parser's own code for usage is 64, a unit tool's is 2.
            case .validationFailure:
                printError(Help.withOwnUsage(fullMessage(for: error, columns: Help.columns)) + "\n")
                exit(withError: ExitCode.usage)
            default: exit(withError: error)
            }
        }
    }
}
