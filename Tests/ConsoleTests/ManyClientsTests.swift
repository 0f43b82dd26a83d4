import Foundation
import Glibc
import Linux
import TestSupport
import Testing

@testable import Console

/// Many at once, on a real testpmd.
extension ServiceTests {
    private static let commands = [
        "show port info 0", "show port info 1", "show port stats 0", "show port stats 1", "show port xstats 0",
        "show port summary all",
        "show config fwd",
        "show config rxtx", "show fwd stats all", "no such command", "show port info 9", "show port stats",
        "set nbport 2",
        "show config cores",
    ]

    /// Ports of nothing have another address each time.
    private func masked(_ text: String) -> String {
        text.replacingOccurrences(of: "([0-9A-F]{2}:){5}[0-9A-F]{2}", with: "<address>", options: .regularExpression)
    }

    /// What testpmd prints for each of them without another client: between its echo and the next
    /// prompt.
    private func alone() throws -> [String: String] {
        let terminal = try Terminal()
        let program = try #require(Command.find("dpdk-testpmd"))
        let directory = try Tree()
        let child = try terminal.spawn(
            [program] + Service.testpmd.dropFirst(),
            environment: Environment.all { $0 == "RUNTIME_DIRECTORY" } + ["RUNTIME_DIRECTORY=\(directory.path)"])
        defer {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }
        try Service.read(terminal.descriptor, until: "testpmd> ")
        var answers: [String: String] = [:]
        // Twice: what its start still prints may be among the first.
        for command in Self.commands + Self.commands {
            #expect(terminal.descriptor.write(Array("\(command)\n".utf8)) == command.utf8.count + 1)
            let shown = try Service.read(terminal.descriptor, until: "testpmd> ")
            let text = shown.replacingOccurrences(of: "\r", with: "")
            #expect(text.hasPrefix(command + "\n") && text.hasSuffix("testpmd> "))
            answers[command] = masked(String(text.dropFirst(command.count + 1).dropLast("testpmd> ".count)))
        }
        return answers
    }

    @Test(
        """
        1000 commands on 10 connections while a client types: every answer is that of its command, byte for byte as \
        testpmd alone prints it
        """
    )
    func thousandQuestions() throws {
        let expected = try alone()
        let service = try Service()
        try service.notified("READY=1")
        let viewer = try Asker(service, replay: 1000)
        try viewer.read { String(decoding: viewer.shown, as: UTF8.self).hasSuffix("testpmd> ") }
        let person = try Asker(service)
        let askers = try (0..<10).map { _ in try Asker(service) }
        var dice = Dice(1)
        var asked = Array(repeating: [String](), count: askers.count)
        let keys = [
            "show", " ", "port", "x", "\t", "?", "\u{8}", "\u{17}", "\u{1}", "\u{5}", "\u{1b}[D", "\u{1b}", "[C",
            "\u{1b}[A", "\u{1b}[B",
            "\u{3}",
        ]
        // Whatever was typed before, in the end this is on the screen and was never entered.
        var line = ["\u{3}", "sho", "w po", "rt", " in", "fo"]
        let testpmd = try service.testpmd()
        kill(testpmd, SIGSTOP)
        for round in 0..<100 {
            for (index, asker) in askers.enumerated() {
                let command = Self.commands[(round + index * 3) % Self.commands.count]
                asked[index].append(command)
                try asker.ask(command)
            }
        }
        // The answers are a flood, of which the journal gets only some lines. What was asked before
        // is in it.
        let end = MonotonicClock.now + Service.limit
        while typed(service).count < 1000 {
            try #require(MonotonicClock.now < end, "only \(typed(service).count) questions are in the journal")
            usleep(10_000)
        }
        kill(testpmd, SIGCONT)
        for round in 0..<100 {
            for asker in askers { try asker.read { asker.answers.count > round } }
            if round < 80 { try person.type(keys.randomElement(using: &dice) ?? "") }
            if round >= 80, round % 3 == 0, !line.isEmpty { try person.type(line.removeFirst()) }
            _ = try viewer.read()
        }
        for part in line { try person.type(part) }
        for (asker, commands) in zip(askers, asked) {
            for (answer, command) in zip(asker.answers, commands) where masked(answer.text) != expected[command] {
                Issue.record("\(command): expected\n\(expected[command] ?? "")\nfound\n\(masked(answer.text))")
                break
            }
            let wrong = ["no such command", "show port info 9", "show port stats"]
            #expect(asker.answers.map(\.outcome) == commands.map { wrong.contains($0) ? .wrong : .done })
        }
        try viewer.read { String(decoding: viewer.shown, as: UTF8.self).hasSuffix("show port info") }
        try person.type(" 1\n")
        try viewer.read { String(decoding: viewer.shown, as: UTF8.self).contains("Device name: net_null1") }
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
        let lines = typed(service)
        #expect(
            lines.count { $0.hasSuffix(": show port info 1") } == asked.joined().count { $0 == "show port info 1" } + 1)
        for command in Self.commands where command != "show port info 1" {
            #expect(lines.count { $0.hasSuffix(": \(command)") } == asked.joined().count { $0 == command })
        }
    }

    /// The lines of the journal that say what clients typed and asked.
    private func typed(_ service: Service) -> [Substring] {
        service.output.split(separator: "\n").filter { $0.hasPrefix("typed by ") }
    }

    @Test("Twenty clients, of whom one never reads: the others see everything")
    func twentyClients() throws {
        let service = try Service()
        try service.notified("READY=1")
        let deaf = try service.attach()
        let others = try (0..<19).map { _ in try Asker(service, replay: 100) }
        let asker = try Asker(service)
        for _ in 0..<400 {
            #expect(try asker.answer("show port info all").outcome == .done)
            try asker.type("show port info all\n")
            for other in others { _ = try other.read() }
        }
        try asker.type("the end")
        for other in others {
            try other.read { String(decoding: other.shown, as: UTF8.self).hasSuffix("the end") }
            #expect(
                String(decoding: other.shown, as: UTF8.self).components(separatedBy: "Device name: net_null1").count
                    == 401)
        }
        try Service.read(deaf, until: "you read too slowly and were detached")
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
    }

    @Test("No key of one client stops the terminal for all; a question before the first prompt has the answer only")
    func stopKey() throws {
        let service = try Service()
        let person = try service.attach()
        let asker = try Asker(service)
        _ = person.write([0x13])
        try asker.ask("show port info 1")
        _ = person.write([0x13])
        try asker.read { asker.answers.count == 1 }
        #expect(asker.answers[0].text.hasPrefix("\n********************* Infos for port 1"))
        #expect(try asker.answer("show config cores").text == "List of forwarding lcores:  1\n")
    }

    @Test("A client that is late with its preface is plain until then, and has its answers all the same")
    func latePreface() throws {
        let service = try Service()
        try service.notified("READY=1")
        try Service.read(try service.attach(), until: "testpmd> ")
        let asker = try Asker(service, delay: 300)
        #expect(try asker.answer("show config cores").text == "List of forwarding lcores:  1\n")
        #expect(try asker.answer("no such command").outcome == .wrong)
    }

    @Test("A testpmd that hangs answers no question in time, and the next ones when it goes on")
    func hungQuestion() throws {
        let service = try Service()
        try service.notified("READY=1")
        let asker = try Asker(service)
        #expect(try asker.answer("show port info 0").outcome == .done)
        let testpmd = try service.testpmd()
        kill(testpmd, SIGSTOP)
        #expect(try asker.answer("show port info 0", timeout: 100).outcome == .timeout)
        try asker.ask("show port info 1")
        kill(testpmd, SIGCONT)
        try asker.read { asker.answers.count == 3 }
        #expect(asker.answers[2].text.contains("Device name: net_null1"))
    }

    @Test("quit as a question, and testpmd killed during one, are answered as its end")
    func quitQuestion() throws {
        let service = try Service()
        try service.notified("READY=1")
        let asker = try Asker(service)
        let answer = try asker.answer("quit")
        #expect(answer.outcome == .ended && answer.text.contains("quit was typed"))
        #expect(try service.ended() == .status(1))
        let next = try Service()
        try next.notified("READY=1")
        let other = try Asker(next)
        let testpmd = try next.testpmd()
        kill(testpmd, SIGSTOP)
        try other.ask("show port info 0")
        kill(testpmd, SIGKILL)
        try other.read { other.end != nil }
        #expect(other.answers.map(\.outcome) == [.ended])
        #expect(other.end == "testpmd (process \(testpmd)) was killed by signal 9 (SIGKILL)")
    }

    /// What a client sees that types a line, or only listens, as another user with these groups;
    /// `--clear-groups` for none.
    private func visit(_ service: Service, groups: String, typing line: String?) throws -> String {
        let user = "setpriv --reuid=nobody --regid=nogroup \(groups)"
        guard let line else {
            return try Command(["/bin/sh", "-c", "\(user) socat -u UNIX-CONNECT:\(service.socket) -"]).run().output
        }
        return try Command([
            "/bin/sh", "-c", "printf '\(line)\\n' | \(user) socat -t 1 - UNIX-CONNECT:\(service.socket)",
        ]).run().output
    }

    @Test("members of the group type, members of the other read only, other users are refused and logged")
    func peers() throws {
        let service = try Service(options: ["--group=games", "--view-group=users"])
        try service.notified("READY=1")
        // As an administrator could open it in error.
        #expect(chmod(service.socket, 0o666) == 0 && chmod(service.directory.path, 0o711) == 0)
        let refusal = "nobody may not attach: log in as root or as a member of the group games"
        _ = try visit(service, groups: "--clear-groups", typing: "set nbport 1")
        // A client that only listens: what is written to a connection that is closed may end socat
        // before it has read.
        #expect(try visit(service, groups: "--clear-groups", typing: nil).contains(refusal))
        #expect(try visit(service, groups: "--groups=users", typing: "quit").contains("testpmd> "))
        #expect(
            try visit(service, groups: "--groups=games", typing: "show port info 1").contains("Device name: net_null1"))
        #expect(try Asker(service).answer("show port info 0").outcome == .done)
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
        #expect(service.output.contains("refused to attach nobody (process "))
        #expect(service.output.contains("typed by nobody: show port info 1\n"))
        #expect(!service.output.contains("set nbport") && !service.output.contains("typed by nobody: quit"))
    }
}
