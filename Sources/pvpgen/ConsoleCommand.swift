import ArgumentParser
import Diagnostics
import Linux
import Plan

struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Attach to testpmd's command line; Ctrl-] detaches.",
        discussion: "Examples:\n  pvpgen console\n  echo 'show port stats all' | pvpgen console")

    @OptionGroup var root: RootOption

    @Argument(
        help: "The testpmd's unit without .service.",
        completion: .custom { _, _, _ in Plan.read(from: .machine).plan?.testpmds.map(\.name) ?? [] })
    var name = "testpmd"

    func validate() throws {
        guard !name.contains("/") else { throw ValidationError("'\(name)' is no name of a testpmd") }
    }

    func run() throws {
        throw ExitCode(try attempt { () throws(Problem) in try Attach.run(socket: root.tree.path("/run/pvp/\(name).sock")) })
    }
}
