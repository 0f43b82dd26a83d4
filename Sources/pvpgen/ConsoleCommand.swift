import ArgumentParser
import Config
import ConsoleClient
import JSON
import Linux
import Plan
import Values
import Verbs

struct ConsoleCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Attach to testpmd's command line or a guest's serial console",
        discussion: """
            On a terminal, keys pass unchanged, Tab and Ctrl-C too, and the last screens are printed first. \
            Ctrl-] detaches. Several clients can attach.
            Without a terminal, the input is sent to its end, and output is printed until none arrives for half a \
            second. With --read-only,
            output is printed until the console ends.

            With -c only the answer is printed, without echo, prompt and escape sequences. \
            Lines of other clients are not disturbed.
            Commands run in order until one fails.

            Exit codes: 0 on success, 1 on failure. With -c: 0 if testpmd ran all commands, 1 if a command failed or \
            testpmd ended, 124 if there
            was no answer in time.

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
    @OptionGroup var form: JSONOption

    @Option(
        name: [.customShort("c"), .customLong("command")],
        help: ArgumentHelp("Run COMMAND in testpmd and print the answer; can be repeated.", valueName: "command"))
    var commands: [String] = []

    @Option(
        help: ArgumentHelp("Time limit of each COMMAND, in systemd's syntax: 500ms, 10s, 2min.", valueName: "span"),
        transform: { text in
            guard let span = TimeSpan(text), 1...86_400_000 ~= span.milliseconds else {
                throw ValidationError("'\(text)' is no time span from 1ms to 1d")
            }
            return span
        })
    var timeout: TimeSpan?

    @Flag(help: "Show the output without sending input.")
    var readOnly = false

    @Argument(
        help: "A testpmd or a guest; optional if there is one testpmd.",
        completion: .custom { words, _, _ in Self.names(in: RootOption.tree(words)) })
    var name: String?

    func validate() throws {
        if let name, name.isEmpty || name.contains("/") {
            throw ValidationError("'\(name)' is no name of a testpmd or guest")
        }
        if readOnly, !commands.isEmpty { throw ValidationError("--read-only sends nothing, -c does: give one") }
        if commands.isEmpty, form.json || timeout != nil { throw ValidationError("--json and --timeout are for -c") }
    }

    var call: ConsoleCall {
        ConsoleCall(
            root: root.tree, name: name, commands: commands, timeout: timeout?.milliseconds ?? ConsoleCall.timeout,
            isReadOnly: readOnly,
            isJSON: form.json)
    }

    var document: Document.Kind? { form.json ? .command : nil }

    func run(_ output: VerbOutput) throws { try output.stream { _ in try ExitCode.end(with: call.run()) } }

    /// What can be attached to.
    private static func names(in root: Root) -> [String] {
        guard let plan = Plan.read(from: root).plan else {
            return ConsoleLocator(in: root).testpmds + ConsoleLocator(in: root).guests
        }
        return plan.testpmds.map(\.name) + plan.guests.map(\.name)
    }
}
