import ArgumentParser
import Diagnostics
import GuestImage
import HostActions
import JSON
import Linux
import Plan
import Verbs

struct GuestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guest", abstract: "List or reset the disks of guests",
        discussion: "Examples:\n  pvpgen guest list\n  pvpgen guest reset guest",
        subcommands: [GuestListCommand.self, GuestResetCommand.self])
}

struct GuestListCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the overlay disk and the backing image of each guest",
        discussion:
            "A guest that is no longer configured is listed while it has a disk.\n\nExamples:\n  pvpgen guest list")

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .guests : nil }

    func run(_ output: VerbOutput) throws {
        let (plan, problems) = Plan.read(from: root.tree)
        output.reportBriefly(problems)
        let disks = try GuestDisks(plan, isComplete: !problems.hasError, in: root.tree)
        output.add(disks.json)
        output.print(disks.text, terminator: "")
        if problems.hasError { throw ExitCode.configuration }
    }
}

struct GuestResetCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Remove the overlay disk of a guest",
        discussion: """
            All data that the guest has written is lost, and the next start creates a new disk. \
            The backing image and the SSH host key remain.
            The guest must be stopped.

            Examples:
              systemctl stop pvp-guest@guest
              pvpgen guest reset guest
              systemctl start pvp-guest@guest
            """)

    @OptionGroup var root: RootOption
    @Argument(
        help: "Name of the guest.",
        completion: .custom { words, _, _ in Self.names(in: RootOption.tree(words)) })
    var name: String

    func run(_ output: VerbOutput) throws {
        guard Self.isName(name) else {
            throw Problem(
                .noDisk, "'\(name)': not a valid name of a guest",
                remedy: "run 'pvpgen guest list' to list the guests with a disk")
        }
        let removed = try DiskReset.reset(name, in: root.tree) {
            Log().notice("guest \(name): waiting for pvp-image, which works on its disk")
        } refuseUse: { () throws(Problem) in
            if root.tree.prefix.isEmpty { try GuestUnits.refuseRunning(name) }
        }
        for file in removed { output.print("\(file): removed") }
        output.print(removed.isEmpty ? "guest \(name) had no disk" : "next: systemctl start pvp-guest@\(name)")
    }

    private static func names(in root: Root) -> [String] {
        (try? GuestDisks(Plan.read(from: root).plan, isComplete: true, in: root).entries.map(\.guest)) ?? []
    }

    /// It becomes part of a path.
    static func isName(_ name: String) -> Bool { !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") }
}
