import ArgumentParser
import Console
import ConsoleClient
import Diagnostics
import JSON
import Linux
import Plan
import Presentation

/// The arguments of `pvpgen console`.
struct ConsoleCall {
    /// Default timeout of a command in milliseconds.
    static let timeout = 10_000

    var root = Root.machine
    var name: String?
    var commands: [String] = []
    var timeout = Self.timeout
    var isReadOnly = false
    var isJSON = false

    func run() throws {
        let door = ConsoleLocator(in: root)
        let connection = try exitOnProblem { () throws(Problem) in
            let name = if let name { name } else { try onlyTestpmd(door) }
            return try door.connect(name, allowsReadOnly: commands.isEmpty)
        }
        if !commands.isEmpty { return try ask(connection) }
        let status = try exitOnProblem { () throws(Problem) in try Attach.run(connection, readOnly: isReadOnly) }
        if status != 0 { throw ExitCode(status) }
    }

    /// The plan is read only when the sockets do not say it: that takes longer than all the rest.
    private func onlyTestpmd(_ door: ConsoleLocator) throws(Problem) -> String {
        let served = door.testpmds
        if let name = served.first, served.count == 1 { return name }
        let planned = Plan.read(from: root).plan?.testpmds.map(\.name) ?? []
        let names = planned.isEmpty ? served : planned
        guard names.count > 1 else { return names.first ?? "testpmd" }
        let example = "pvpgen console \(names[0])"
        throw Problem(
            .consoleAmbiguous, "expected the name of a testpmd, one of: \(names.joined(separator: ", "))",
            remedy: "name one, for example '\(example)'")
    }

    private func ask(_ connection: ConsoleLocator.Connection) throws {
        var last: CommandSession.Answer?
        try exitOnProblem { () throws(Problem) in
            try CommandRun.run(connection, commands, timeout: timeout) { answer in
                last = answer
                show(answer)
            }
        }
        guard let last, last.outcome != .done else { return }
        if !isJSON {
            printError(Style.error.render(last.problem(name: connection.name, unit: connection.unit, timeout: timeout)))
        }
        throw last.outcome == .timeout ? ExitCode.timeout : ExitCode.failure
    }

    private func show(_ answer: CommandSession.Answer) {
        guard isJSON else {
            // The reason why it was not sent is reported as an error.
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
        while !rest.isEmpty, let count = Descriptor.write(rest, to: Descriptor.standardOutput) {
            rest.removeFirst(count)
            if !rest.isEmpty { _ = Descriptor.poll(Descriptor.standardOutput, .output, timeout: 1000) }
        }
    }
}

extension ConsoleCall {
    /// The usual command lines, without the argument parser, which takes longer than all that is
    /// done then. `nil` for any other: it knows what is wrong.
    init?(_ words: some Sequence<String>) {
        var words = words.makeIterator()
        guard words.next() == ConsoleCommand.configuration.commandName else { return nil }
        while let word = words.next() {
            if word == "-c", let command = words.next(), !command.hasPrefix("-") {
                commands.append(command)
            } else if word == "--read-only" {
                isReadOnly = true
            } else if word.hasPrefix("--root="), root.prefix.isEmpty {
                root = Root(String(word.dropFirst("--root=".count)))
            } else if name == nil, !word.isEmpty, !word.hasPrefix("-"), !word.contains("/") {
                name = word
            } else {
                return nil
            }
        }
        if isReadOnly, !commands.isEmpty { return nil }
    }
}

extension ExitCode {
    /// There was no answer in time, as with `timeout(1)`.
    static let timeout = ExitCode(124)
}

extension CommandSession.Answer {
    /// Why there is no good answer.
    fileprivate func problem(name: String, unit: String, timeout: Int) -> Problem {
        let reason = String(decoding: text, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
        let time = timeout % 1000 == 0 ? "\(timeout / 1000) s" : "\(timeout) ms"
        return switch outcome {
        case .done, .wrong:
            Problem(
                .commandInvalid, "\(name): '\(command)': testpmd reported an error",
                remedy: "read its answer; the commands after it were not sent")
        case .timeout:
            Problem(.commandTimeout, "'\(command)': no answer within \(time)", remedy: "set a longer --timeout=")
        case .ended:
            Problem(
                .commandEnded, "\(name): ended before its answer to '\(command)' was complete",
                remedy: "run 'systemctl status \(unit)'")
        case .refused: Problem(.commandRefused, "'\(command)': not sent: \(reason)", remedy: "")
        }
    }
}
