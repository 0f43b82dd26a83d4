import ArgumentParser
import Diagnostics
import Glibc
import Linux
import Plan
import Units

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
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not all is up (status), 78 mistakes in the configuration.
            """,
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, PlanCommand.self, GenerateCommand.self, InstallCommand.self, UninstallCommand.self, StatusCommand.self,
            ConsoleCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // The argument parser's own code for usage is 64, a unit tool's is 2.
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            writeError(fullMessage(for: error) + "\n")
            Glibc.exit(2)
        }
    }
}

/// The tree that a command works on.
struct RootOption: ParsableArguments {
    @Option(help: ArgumentHelp("Work on the tree at DIR instead of this machine.", valueName: "dir"))
    var root = "/"

    var tree: Root { Root(root) }
}

extension Layout {
    /// Where this pvpgen is installed: it is `PREFIX/bin/pvpgen`. One that runs from elsewhere, such as a build, is taken for that of `/usr`.
    static var own: Layout {
        let program = (try? Root.machine.link("/proc/self/exe")) ?? ""
        return Layout(prefix: program.hasSuffix("/bin/pvpgen") ? String(program.dropLast("/bin/pvpgen".count)) : "/usr")
    }
}

extension ExitCode {
    /// `EX_CONFIG` of sysexits.h.
    static let configuration = ExitCode(78)
}

/// Prints to standard error.
func writeError(_ text: String) { put(text, to: STDERR_FILENO) }

/// Prints problems as a compiler would, and says whether one of them is an error.
@discardableResult func show(_ problems: [Problem]) -> Bool {
    for problem in problems { writeError(problem.rendered) }
    return problems.contains { $0.severity == .error }
}

/// Runs the body; a problem is printed and ends the program with 1.
func attempt<Result>(_ body: () throws(Problem) -> Result) throws -> Result {
    do throws(Problem) {
        return try body()
    } catch {
        show([error])
        throw ExitCode.failure
    }
}

/// The plan of a configuration without errors; otherwise prints what is wrong and ends with 78.
func soundPlan(in root: Root) throws -> Plan {
    let (plan, problems) = Plan.read(from: root)
    let wrong = show(problems)
    guard let plan else {
        show([
            Problem(
                "no-config", "there is no /etc/pvpgen/pvp.conf",
                remedy: "copy the example from /usr/share/doc/pvpgen/pvp.conf and put in your NICs and image")
        ])
        throw ExitCode.configuration
    }
    if wrong { throw ExitCode.configuration }
    return plan
}
