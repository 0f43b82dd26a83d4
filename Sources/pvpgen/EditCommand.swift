import ArgumentParser
import Authoring
import Config
import Linux
import Plan
import Presentation
import Verbs

struct EditCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Edit the configuration and check the change",
        discussion: """
            Opens a copy of /etc/pvpgen/pvp.conf, or of the drop-in NAME.conf, in the editor of SYSTEMD_EDITOR, \
            EDITOR or VISUAL. \
            If the copy has errors, edit it again, discard it or keep it. The file is replaced as a whole, and \
            only if no other process \
            has changed it.

            Exit codes: 0 on success or without a change, 1 on failure or if the change was discarded.

            Examples:
              pvpgen edit
              pvpgen edit 50-memory.conf
            """)

    @OptionGroup var root: RootOption

    @Argument(
        help: ArgumentHelp("A drop-in in /etc/pvpgen/pvp.conf.d.", valueName: "name.conf"),
        completion: .custom { words, _, _ in
            (try? RootOption.tree(words).list("/etc/pvpgen/pvp.conf.d").filter(ConfigFiles.isDropIn)) ?? []
        })
    var dropIn: String?

    func validate() throws {
        if let dropIn, !ConfigFiles.isDropIn(dropIn) {
            throw ValidationError("'\(dropIn)' is no name of a drop-in, expected NAME.conf without a slash")
        }
    }

    func run(_ output: VerbOutput) throws {
        guard Descriptor.isTerminal(Descriptor.standardInput) else {
            throw ValidationError("standard input is no terminal; write the file, and check it with 'check --config'")
        }
        let edit = try ConfigEdit(dropIn, in: root.tree)
        try edit.open()
        while true {
            guard let candidate = try edit.candidate() else {
                printError("\(edit.path): not changed\n")
                return try edit.discard()
            }
            let hasError = output.report(Plan.readOrReport(from: root.tree, with: candidate).problems)
            switch hasError ? ask() : .keep {
            case .keep:
                try edit.publish()
                return printError("\(edit.path): changed; run 'pvpgen diff' to list what it affects\n")
            case .discard:
                try edit.discard()
                printError("\(edit.path): change discarded\n")
                throw ExitCode.failure
            case .edit: try edit.open()
            }
        }
    }

    /// What to do about a file with errors.
    private enum Answer: String {
        case edit = "e"
        case discard = "d"
        case keep = "k"
    }

    /// The end of the input leaves the configuration as it was.
    private func ask() -> Answer {
        while true {
            printError("edit again (e), discard the change (d), keep the file with errors (k)? ")
            guard let line = readLine() else { return .discard }
            if let answer = Answer(rawValue: line) { return answer }
        }
    }
}
