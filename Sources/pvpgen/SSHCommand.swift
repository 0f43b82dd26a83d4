import ArgumentParser
import GuestImage
import Linux
import Plan
import Verbs

struct SSHCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "ssh", abstract: "Log in to a guest as root, or run a command in it",
        discussion: """
            Connects to the guest's address on the management network, with the configured key and the recorded host \
            key.
            Arguments after -- are run by the shell in the guest. The exit code is that of ssh.

            Examples:
              pvpgen ssh
              pvpgen ssh guest -- uptime
            """)

    @OptionGroup var root: RootOption

    @Argument(
        help: "A guest; optional if there is one.",
        completion: .custom { words, _, _ in Plan.read(from: RootOption.tree(words)).plan?.guests.map(\.name) ?? [] })
    var name: String?

    @Argument(parsing: .postTerminator, help: ArgumentHelp("Command to run in the guest.", valueName: "command"))
    var command: [String] = []

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.readOrReport(from: root.tree)
        guard let plan else {
            output.report(problems)
            throw ExitCode.configuration
        }
        try Command(SSHCall(name, of: plan, command: command, in: root.tree).arguments).replace()
    }
}
