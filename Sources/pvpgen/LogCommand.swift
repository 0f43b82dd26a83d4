import ArgumentParser
import Lifecycle
import SystemdBus
import Verbs
import Views

struct LogCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show the journal of the whole chain, or of one member",
        discussion: """
            Prints the entries of all units of the chain in order, or those of a testpmd, a guest or one unit, like \
            'journalctl -u'. A guest includes its disk, its SSH port and its serial console.
            TIME is boot, today, yesterday, a span such as -2h, @SECONDS, or YYYY-MM-DD HH:MM:SS in full or in part.
            With --root the configuration and the journal below DIR are read.

            Exit codes: 0 on success, 1 if the journal cannot be read or the name is unknown, 130 after Ctrl-C.

            Examples:
              pvpgen log --since=boot
              pvpgen log testpmd -f
              pvpgen log guest -n 50
              pvpgen log testpmd --input --since=today
            """)

    @OptionGroup var root: RootOption
    @Argument(
        help: "A testpmd, a guest or a unit; all by default.",
        completion: .custom { words, _, _ in LogSelection.names(in: ChainUnits(in: RootOption.tree(words))) })
    var name: String?
    @Flag(help: "Print only what users typed into consoles.")
    var input = false
    @Option(
        help: ArgumentHelp("Print entries from TIME on.", valueName: "time"),
        completion: .list(["boot", "today", "yesterday"]),
        transform: { text in
            guard let time = LogTime(text) else { throw ValidationError("'\(text)' is no time; see pvpgen log --help") }
            return time
        })
    var since: LogTime?
    @Option(
        name: [.customShort("n"), .customLong("lines")], help: ArgumentHelp("Print the last N entries.", valueName: "n")
    )
    var count: Int?
    @Flag(name: .shortAndLong, help: "Wait for new entries and print them.")
    var follow = false

    func validate() throws {
        if let count, count < 0 { throw ValidationError("--lines=\(count): expected 0 or more") }
    }

    func run(_ output: VerbOutput) throws {
        let selection = try LogSelection(name, in: ChainUnits(in: root.tree), isInput: input)
        let journal = try JournalReader(root: root.root == "/" ? nil : root.root)
        let options = LogLoop.Options(since: since, count: count, isFollowing: follow)
        try ExitCode.end(with: LogLoop.run(selection, from: journal, options: options))
    }
}
