import ArgumentParser
import Config
import Console
import ConsoleClient
import Diagnostics
import Glibc
import JSON
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

    func run() throws {
        let door = Door(in: root.tree)
        let connection = try attempt { () throws(Problem) in
            let name = if let name { name } else { try onlyTestpmd(door) }
            return try door.connect(name, mayLook: commands.isEmpty)
        }
        if !commands.isEmpty { return try ask(connection) }
        let isReadOnly = readOnly
        throw ExitCode(try attempt { () throws(Problem) in try Attach.run(connection, readOnly: isReadOnly) })
    }

    /// What can be attached to.
    private static func names(in root: Root) -> [String] {
        guard let plan = Plan.read(from: root).plan else { return Door(in: root).testpmds + Door(in: root).guests }
        return plan.testpmds.map(\.name) + plan.guests.map(\.name)
    }

    /// The plan is read only when the sockets do not say it: that takes longer than all the rest.
    private func onlyTestpmd(_ door: Door) throws(Problem) -> String {
        let served = door.testpmds
        if let name = served.first, served.count == 1 { return name }
        let planned = Plan.read(from: root.tree).plan?.testpmds.map(\.name) ?? []
        let names = planned.isEmpty ? served : planned
        guard names.count > 1 else { return names.first ?? "testpmd" }
        let example = "pvpgen console \(names[0])"
        throw Problem("console-ambiguous", "there are several testpmds: \(names.joined(separator: ", "))", remedy: "name one: \(example)")
    }

    private func ask(_ connection: Door.Connection) throws {
        var last: Questions.Answer?
        let limit = timeout?.milliseconds ?? 10_000
        try attempt { () throws(Problem) in
            try Ask.run(connection, commands, timeout: limit) { answer in
                last = answer
                show(answer)
            }
        }
        guard let last, last.outcome != .done else { return }
        if !output.json { writeError(Style.error.render(last.problem(name: connection.name, unit: connection.unit, timeout: limit))) }
        throw last.outcome == .timeout ? ExitCode.timeout : ExitCode.failure
    }

    private func show(_ answer: Questions.Answer) {
        guard output.json else {
            // Why it was not put is told as an error.
            if answer.outcome == .done || answer.outcome == .wrong { write(answer.text) }
            return
        }
        let json: JSON = [
            "command": .string(answer.command), "outcome": .string("\(answer.outcome)"),
            "answer": .string(String(decoding: answer.text, as: UTF8.self)),
        ]
        write(Array((json.line + "\n").utf8))
    }

    /// All of it, however slowly it is read.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes
        while !rest.isEmpty, let count = Descriptor.write(rest, to: STDOUT_FILENO) {
            rest.removeFirst(count)
            if !rest.isEmpty { _ = Descriptor.poll(STDOUT_FILENO, POLLOUT, timeout: 1000) }
        }
    }
}

extension ExitCode {
    /// There was no answer in time, as with `timeout(1)`.
    static let timeout = ExitCode(124)
}

extension Questions.Answer {
    /// Why there is no good answer.
    fileprivate func problem(name: String, unit: String, timeout: Int) -> Problem {
        let reason = String(decoding: text, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
        let time = timeout % 1000 == 0 ? "\(timeout / 1000) s" : "\(timeout) ms"
        return switch outcome {
        case .done, .wrong:
            Problem("command-wrong", "\(name) says that '\(command)' is wrong", remedy: "see its answer; commands after it were not put")
        case .timeout:
            Problem("command-timeout", "no answer to '\(command)' within \(time)", remedy: "give it more time with --timeout=")
        case .ended:
            Problem("command-ended", "\(name) ended before it had answered '\(command)'", remedy: "look at it: systemctl status \(unit)")
        case .refused: Problem("command-refused", "'\(command)' was not put: \(reason)", remedy: "")
        }
    }
}
