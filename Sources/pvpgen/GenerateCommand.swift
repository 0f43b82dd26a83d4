import ArgumentParser
import Diagnostics
import JSON
import Linux
import Plan
import Units
import Views

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Print the units that the generator would write",
        discussion:
            """
            Examples:\n  pvpgen generate\n  pvpgen generate --output=units\n  pvpgen generate --json | jq -r .members[]
            """
    )

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Option(help: ArgumentHelp("Write the units below DIR, as the generator does.", valueName: "dir"))
    var output: String?

    func validate() throws {
        guard !(form.json && output != nil) else {
            throw ValidationError("--json prints the units, --output writes them: give one")
        }
    }

    func run() throws {
        let plan = try validPlan(in: root.tree)
        guard let output else {
            let tree = UnitTree(plan, problems: [], layout: .own)
            return print(form.json ? tree.json.text : tree.listing, terminator: "")
        }
        try exitOnProblem { () throws(Problem) in
            do throws(SystemError) {
                try plan.write(to: Root(output), problems: [], layout: .own)
            } catch {
                throw error.problem(.fileUnwritable, remedy: "name a writable directory")
            }
        }
    }
}
