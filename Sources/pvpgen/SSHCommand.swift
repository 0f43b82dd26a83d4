import ArgumentParser
import Diagnostics
import Linux
import Plan

struct SSHCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssh", abstract: "Log in to a guest as root, or run a command there.",
        discussion: """
            Goes straight to the guest's address on the management network, with the guest's own key and host key where they are known.
            What follows -- is run by the guest's shell. Ends as ssh does.

            Examples:
              pvpgen ssh
              pvpgen ssh guest -- uptime
            """)

    @OptionGroup var root: RootOption

    @Argument(
        help: "A guest; not needed when there is one.",
        completion: .custom { words, _, _ in Plan.read(from: RootOption.tree(words)).plan?.guests.map(\.name) ?? [] })
    var name: String?

    @Argument(parsing: .postTerminator, help: ArgumentHelp("What to run there.", valueName: "command"))
    var command: [String] = []

    func run() throws {
        let (plan, problems) = readPlan(in: root.tree)
        guard let plan else {
            show(problems)
            throw ExitCode.configuration
        }
        try attempt { () throws(Problem) in
            try Command(SSHCall(name, of: plan, command: command, in: root.tree).arguments).replace()
        }
    }
}
