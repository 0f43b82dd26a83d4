import Console
package import Diagnostics
import JSON
package import Linux
import Plan
import Presentation

/// The arguments of `pvpgen console`.
package struct ConsoleCall {
    /// Default timeout of a command in milliseconds.
    package static let timeout = 10_000
    /// The exit status when there was no answer in time, as `timeout(1)` has it.
    private static let timedOut: Int32 = 124

    package var root = Root.machine
    package var name: String?
    package var commands: [String] = []
    package var timeout = Self.timeout
    package var isReadOnly = false
    package var isJSON = false

    package init(
        root: Root, name: String?, commands: [String], timeout: Int = Self.timeout, isReadOnly: Bool, isJSON: Bool
    ) {
        self.root = root
        self.name = name
        self.commands = commands
        self.timeout = timeout
        self.isReadOnly = isReadOnly
        self.isJSON = isJSON
    }

    /// Attaches, or runs the commands and prints the answers. Returns the exit status.
    package func run() throws(Problem) -> Int32 {
        let door = ConsoleLocator(in: root)
        let name = if let name { name } else { try onlyTestpmd(door) }
        let connection = try door.connect(name, allowsReadOnly: commands.isEmpty)
        if !commands.isEmpty { return try ask(connection) }
        return try Attach.run(connection, readOnly: isReadOnly)
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

    private func ask(_ connection: ConsoleLocator.Connection) throws(Problem) -> Int32 {
        var last: CommandSession.Answer?
        try CommandRun.run(connection, commands, timeout: timeout) { answer in
            last = answer
            write(answer, from: connection)
        }
        guard let last, last.outcome != .done else { return 0 }
        if !isJSON { printProblems([last.problem(of: connection, timeout: timeout)]) }
        return last.outcome == .timeout ? Self.timedOut : 1
    }

    private func write(_ answer: CommandSession.Answer, from connection: ConsoleLocator.Connection) {
        guard isJSON else {
            // The reason why it was not sent is reported as an error.
            if answer.outcome == .done || answer.outcome == .wrong { write(answer.text) }
            return
        }
        var document = Document(
            .command,
            [
                "command": .string(answer.command), "outcome": .string("\(answer.outcome)"),
                "answer": .string(String(decoding: answer.text, as: UTF8.self)),
            ])
        if answer.outcome != .done { document.problems = [answer.problem(of: connection, timeout: timeout)] }
        write(Array((document.json.line + "\n").utf8))
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
    package init?(_ words: some Sequence<String>) {
        var words = words.makeIterator()
        guard words.next() == "console" else { return nil }
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

extension CommandSession.Answer {
    /// Why there is no good answer.
    fileprivate func problem(of connection: ConsoleLocator.Connection, timeout: Int) -> Problem {
        let (name, unit) = (connection.name, connection.unit)
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
