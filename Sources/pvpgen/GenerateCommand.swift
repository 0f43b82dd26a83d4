import ArgumentParser
import Diagnostics
import JSON
import Linux
import Units
import Verbs
import Views

struct GenerateCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Print the units that the generator would write",
        discussion:
            """
            Examples:\n  pvpgen generate\n  pvpgen generate --output=units\n  pvpgen generate --json | jq -r .members[]
            """
    )

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Write the units below DIR, as the generator does.", valueName: "dir"))
    var directory: String?

    func validate() throws {
        guard !(form.json && directory != nil) else {
            throw ValidationError("--json prints the units, --output writes them: give one")
        }
    }

    var document: Document.Kind? { form.json ? .units : nil }

    func run(_ output: VerbOutput) throws {
        let plan = try output.plan(in: root.tree)
        guard let directory else {
            let tree = UnitTree(plan)
            output.add(tree.json)
            return output.print(tree.listing, terminator: "")
        }
        do throws(SystemError) {
            try plan.write(to: Root(directory), problems: [], layout: .own)
        } catch {
            throw SystemError(error.call, Root(directory).path(error.subject), code: error.code)
                .problem(.fileUnwritable, remedy: "name a writable directory")
        }
    }
}
