import ArgumentParser
import Diagnostics
import Linux
import Plan
import Units

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Print the units that the next boot or daemon-reload will have.",
        discussion: "Examples:\n  pvpgen generate\n  pvpgen generate --output=/tmp/units")

    @OptionGroup var root: RootOption

    @Option(help: ArgumentHelp("Write them below DIR, as the generator would.", valueName: "dir"))
    var output: String?

    func run() throws {
        let tree = UnitTree(try soundPlan(in: root.tree), problems: [], layout: .own)
        guard let output else { return print(tree.listing, terminator: "") }
        try attempt { () throws(Problem) in
            do throws(SystemError) {
                try tree.write(to: Root(output))
            } catch {
                throw error.problem("not-written", remedy: "name a directory that can be written")
            }
        }
    }
}
