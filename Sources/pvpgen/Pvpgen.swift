import ArgumentParser
import Glibc

/// The command line.
@main struct Pvpgen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pvpgen",
        abstract: "A PVP host from one file: NICs on vfio-pci, testpmd, a guest.",
        discussion: """
            Edit /etc/pvpgen/pvp.conf, then:
              pvpgen install                kernel arguments for the plan; then reboot
              systemctl start pvp.target    NICs, testpmd, guest
              journalctl -u testpmd         testpmd's log
              pvpgen console                testpmd's command line
              pvpgen ssh                    a shell in the guest
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not all is up (status) or in effect (apply), 78 mistakes in the configuration,
            124 no answer in time (console -c).
            """,
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, PlanCommand.self, GenerateCommand.self, DiffCommand.self, InstallCommand.self, ApplyCommand.self,
            UninstallCommand.self, StatusCommand.self, VerifyCommand.self, ReportCommand.self, TopCommand.self, MetricsCommand.self,
            ConsoleCommand.self, SSHCommand.self, GuestCommand.self, ExplainCommand.self, CatCommand.self, ImportCommand.self,
            ManualCommand.self,
        ])

    static func main() {
        do {
            if let call = ConsoleCall(CommandLine.arguments.dropFirst()) { return try call.run() }
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // The argument parser's own code for usage is 64, a unit tool's is 2.
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            writeError(fullMessage(for: error) + "\n")
            exit(withError: ExitCode.usage)
        }
    }
}
