import ArgumentParser
import Config
import ConsoleClient
import Linux
import Plan

struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Attach to testpmd's command line or to a guest's serial console; Ctrl-] detaches.",
        discussion: """
            On a terminal keys go through as they are, Tab and Ctrl-C too, and the last screens are shown first. Several may be attached at once.
            Without a terminal the input is sent to its end, and output is printed until there was none for half a second; with --read-only
            output is printed until the console ends.

            With -c the answer is all that is printed, without echo, prompt and escape sequences; what others type meanwhile is not disturbed.
            Commands are put in their order up to the first that is wrong. Ends with 0 when testpmd did them all, 1 when it says that one was
            wrong or did not answer it because it ended, 124 when there was no answer in time.

            Examples:
              pvpgen console
              pvpgen console guest
              pvpgen console --read-only testpmd
              pvpgen console -c 'show port stats all'
              pvpgen console -c stop -c 'set fwd mac' -c start --timeout=30s
              pvpgen console -c 'show port info 0' --json | jq -r .answer
              echo 'show port stats all' | pvpgen console
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Option(
        name: [.customShort("c"), .customLong("command")],
        help: ArgumentHelp("Have testpmd do COMMAND and print its answer; may be given several times.", valueName: "command"))
    var commands: [String] = []

    @Option(
        help: ArgumentHelp("How long each COMMAND may take, as systemd writes it: 500ms, 10s, 2min.", valueName: "span"),
        transform: { text in
            guard let span = TimeSpan(text), 1...86_400_000 ~= span.milliseconds else {
                throw ValidationError("'\(text)' is no time span from 1ms to 1d")
            }
            return span
        })
    var timeout: TimeSpan?

    @Flag(help: "See what is shown, and send nothing.")
    var readOnly = false

    @Argument(
        help: "A testpmd or a guest; not needed when there is one testpmd.",
        completion: .custom { words, _, _ in Self.names(in: RootOption.tree(words)) })
    var name: String?

    func validate() throws {
        if let name, name.isEmpty || name.contains("/") { throw ValidationError("'\(name)' is no name of a testpmd or guest") }
        if readOnly, !commands.isEmpty { throw ValidationError("--read-only sends nothing, -c does: give one") }
        if commands.isEmpty, output.json || timeout != nil { throw ValidationError("--json and --timeout are for -c") }
    }

    var call: ConsoleCall {
        ConsoleCall(
            root: root.tree, name: name, commands: commands, timeout: timeout?.milliseconds ?? ConsoleCall.timeout, isReadOnly: readOnly,
            isJSON: output.json)
    }

    func run() throws { try call.run() }

    /// What can be attached to.
    private static func names(in root: Root) -> [String] {
        guard let plan = Plan.read(from: root).plan else { return Door(in: root).testpmds + Door(in: root).guests }
        return plan.testpmds.map(\.name) + plan.guests.map(\.name)
    }
}
