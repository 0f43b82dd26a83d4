import ArgumentParser
import JSON
import Linux
import Presentation
import SystemdBus
import Units
import Verbs
import Views

struct DiffCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what a daemon-reload would change, and outdated units",
        discussion: """
            Compares the units that the generator would write with those in /run/systemd/generator, and prints the \
            command to run for each
            running unit that differs. A restart of a guest's unit leaves the guest running if its domain is the same.
            With --root only files are compared.

            States of a running unit:
              current   The unit matches its files
              outdated  The files change with the next daemon-reload
              stale     The main process was started with other arguments or another standard input (a guest's \
            domain) than the present file
                        has; units without a process, such as those of NICs and hugepages, are never stale
              replaced  The program of the main process was replaced, for example by an upgrade of the package
              orphan    The unit is no longer in the plan

            Exit codes: 0 without differences, 1 if there are differences or systemd does not answer, 78 if the \
            configuration has errors.

            Examples:
              pvpgen diff
              pvpgen diff --json | jq -r '.running[].commands[]'
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    var document: Document.Kind? { form.json ? .diff : nil }

    func run(_ output: VerbOutput) throws {
        let new = UnitTree(try output.plan(in: root.tree, countsWarnings: true))
        let present = UnitTree(reading: root.tree, UnitTree.generated, layout: .own)
        let running =
            root.tree.prefix.isEmpty ? try RunningUnit.services([new, present], from: ServiceManager()) : []
        let difference = UnitDifference(from: present, to: new, running: running)
        output.add(difference.json)
        output.print(difference.text(Style.output.paint), terminator: "")
        if !difference.isEmpty { throw ExitCode.failure }
    }
}
