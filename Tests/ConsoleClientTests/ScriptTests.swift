import Console
import Foundation
import JSON
import Linux
import TestSupport
import Testing

@Suite("pvpgen console in scripts", OnOwnThreads())
struct ScriptTests {
    /// Answers each command with what the closure gives, until the client has gone.
    private func serve(_ client: FakeClient, _ answer: (String) -> (Frame.Outcome, String)) throws -> [String] {
        var commands: [String] = []
        while let frame = try client.next() {
            guard case .ask(let command, _) = frame else { continue }
            commands.append(String(decoding: command, as: UTF8.self))
            let (outcome, text) = answer(commands.last ?? "")
            client.send(.output(Array("somebody types".utf8)), .answer(outcome, Array(text.utf8)))
        }
        return commands
    }

    @Test("The input to its end, the answer to its end")
    func pipe() throws {
        let console = try FakeConsole()
        let question = String(repeating: "show port info all\n", count: 20_000) + "\u{1d}end\n"
        let run = try PipedRun(console, [], input: question)
        let client = try console.accept()
        #expect(try client.next() == .hello(role: .control, replay: 1))
        client.welcome()
        #expect(try client.typed(upTo: "end\n") == question)
        client.send(.output(Array("the answer".utf8)))
        #expect(try run.ended() == .status(0))
        #expect(run.output == "the answer" && run.errors == "")
    }

    @Test("Who only looks without a terminal sees it to the end of the console")
    func watch() throws {
        let console = try FakeConsole()
        let run = try PipedRun(console, ["--read-only"], input: "quit\n")
        let client = try console.accept()
        client.welcome(.view)
        client.send(.output(Array("Port 0: link up\n".utf8)), .end("testpmd quit"))
        #expect(try run.ended() == .status(0))
        #expect(run.output == "Port 0: link up\n" && run.errors == "testpmd quit\n")
    }

    @Test("Exactly the answers, in order, on one connection, with plain bytes before the preface")
    func answers() throws {
        let console = try FakeConsole()
        let run = try PipedRun(console, ["-c", "show port info 0", "-c", "start", "--timeout=1min 30s"])
        let client = try console.accept()
        client.send(Array("EAL: probing\r\ntestpmd> ".utf8))
        client.welcome()
        #expect(try client.next() == .hello(role: .control, replay: 0))
        #expect(try client.next() == .ask(Array("show port info 0".utf8), timeout: 90_000))
        client.send(.answer(.done, Array("MAC\nä\n".utf8)))
        #expect(try client.next() == .ask(Array("start".utf8), timeout: 90_000))
        client.send(.answer(.done, []))
        #expect(try run.ended() == .status(0))
        #expect(run.output == "MAC\nä\n" && run.errors == "")
    }

    @Test func aWrongCommandIsTheLast() throws {
        let console = try FakeConsole()
        let run = try PipedRun(console, ["-c", "one", "-c", "two", "-c", "three"])
        let client = try console.accept()
        client.welcome()
        #expect(try serve(client) { $0 == "one" ? (.done, "1\n") : (.wrong, "Bad arguments\n") } == ["one", "two"])
        #expect(try run.ended() == .status(1))
        #expect(run.output == "1\nBad arguments\n")
        #expect(
            run.errors
                == "error: testpmd: 'two': testpmd reported an error\n"
                + "  read its answer; the commands after it were not sent\n"
        )
    }

    @Test("Outcomes have their statuses and their words")
    func outcomes() throws {
        let cases: [(Frame.Outcome, Int32, String)] = [
            (.timeout, 124, "error: 'x': no answer within 10 s\n"),
            (.ended, 1, "error: testpmd: ended before its answer to 'x' was complete\n"),
            (.refused, 1, "error: 'x': not sent: you may only look\n"),
        ]
        for (outcome, status, message) in cases {
            let console = try FakeConsole()
            let run = try PipedRun(console, ["-c", "x"])
            let client = try console.accept()
            client.welcome()
            _ = try serve(client) { _ in (outcome, "you may only look") }
            #expect(try run.ended() == .status(status))
            #expect(run.output == "" && run.errors.hasPrefix(message), "\(run.errors)")
        }
    }

    @Test("A console that never answers, and one that dies")
    func silence() throws {
        for welcomes in [true, false] {
            let console = try FakeConsole()
            let run = try PipedRun(console, ["-c", "x", "--timeout=100ms"])
            let client = try console.accept()
            if welcomes { client.welcome() }
            #expect(try run.ended() == .status(124))
            #expect(run.errors.hasPrefix("error: 'x': no answer within 100 ms\n"))
        }
        let console = try FakeConsole()
        let run = try PipedRun(console, ["-c", "x"])
        let client = try console.accept()
        client.welcome()
        client.send(Array(Frame.answer(.done, [1, 2, 3]).bytes.dropLast()))
        UnixSocket.finishWriting(client.socket)
        #expect(try run.ended() == .status(1))
        #expect(
            run.output == "" && run.errors.hasPrefix("error: testpmd: ended before its answer to 'x' was complete\n"))
    }

    @Test("An object a line, whatever the outcome")
    func json() throws {
        let console = try FakeConsole()
        let run = try PipedRun(console, ["-c", "one", "-c", "two", "--json"])
        let client = try console.accept()
        client.welcome()
        _ = try serve(client) { $0 == "one" ? (.done, "a \"b\"\nc\n") : (.wrong, "Command not found\n") }
        #expect(try run.ended() == .status(1))
        #expect(run.errors == "")
        let lines = try run.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
        let expected = [
            ["one", "done", "a \"b\"\nc\n", nil], ["two", "wrong", "Command not found\n", "command-invalid"],
        ]
        #expect(
            lines.map { line in
                ["command", "outcome", "answer"].map { line[$0]?.string }
                    + [line["problems"]?.array?.first?["code"]?.string]
            } == expected)
        try Program.validate(run.output)
    }

    @Test("The only testpmd needs no name, one of several and a guest do")
    func names() throws {
        let console = try FakeConsole(["guest-vm", "testpmd-a"])
        let only = try PipedRun(console, ["-c", "x"])
        let client = try console.accept(1)
        client.welcome()
        _ = try serve(client) { _ in (.done, "") }
        #expect(try only.ended() == .status(0))
        let guest = try PipedRun(console, ["vm", "-c", "x"])
        let other = try console.accept(0)
        other.welcome(name: "vm")
        _ = try serve(other) { _ in (.refused, "a guest has no command line") }
        #expect(try guest.ended() == .status(1))
        try console.serve("testpmd-b")
        let several = try PipedRun(console, [])
        #expect(try several.ended() == .status(1))
        #expect(
            several.errors
                == "error: expected the name of a testpmd, one of: testpmd-a, testpmd-b\n"
                + "  name one, for example 'pvpgen console testpmd-a'\n"
        )
        let missing = try PipedRun(console, ["nobody"])
        #expect(try missing.ended() == .status(1))
        #expect(
            missing.errors.hasPrefix("error: nobody: console not found, expected one of: testpmd-a, testpmd-b, vm\n"))
    }

    @Test func noServer() throws {
        let console = try FakeConsole([])
        let run = try PipedRun(console, [])
        #expect(try run.ended() == .status(1))
        #expect(run.errors == "error: testpmd: console not found\n  run 'systemctl start pvp.target'\n")
        // A socket that is left over.
        _ = try UnixSocket.listen("\(console.tree.path)/run/pvp/testpmd.sock", .stream, mode: 0o600)
        let refused = try PipedRun(console, [])
        #expect(try refused.ended() == .status(1))
        #expect(refused.errors.contains("no process serves this console"))
    }

    @Test("Who is not in the group looks through the other socket, and does not command", .enabled(if: geteuid() == 0))
    func view() throws {
        let console = try FakeConsole(["testpmd"], mode: 0o600)
        for path in ["", "/run", "/run/pvp"] { chmod(console.tree.path + path, 0o755) }
        // A debug build finds its libraries by a variable.
        let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let closed = try PipedRun(console, ["--read-only"], before: nobody)
        #expect(try closed.ended() == .status(1))
        #expect(
            closed.errors.contains("Permission denied\n  run the command as root or as a member of the group pvp\n"),
            "\(closed.errors)")
        try console.serve("testpmd@view")
        let looking = try PipedRun(console, ["--read-only"], before: nobody)
        let client = try console.accept(1)
        client.welcome(.view)
        client.send(.output([0x78]), .end("over"))
        #expect(try looking.ended() == .status(0))
        #expect(looking.output == "x")
        let typing = try PipedRun(console, [], input: "stop\n", before: nobody)
        let other = try console.accept(1)
        other.welcome(.view)
        #expect(try typing.ended() == .status(1))
        #expect(typing.errors.contains("read-only access, so nothing was sent"))
        let asking = try PipedRun(console, ["-c", "x"], before: nobody)
        #expect(try asking.ended() == .status(1))
        #expect(asking.errors.contains("Permission denied"))
    }

    @Test(arguments: [
        ["--timeout=1s"], ["--json"], ["--read-only", "-c", "x"], ["a/b"], ["-c", "x", "--timeout=soon"],
        ["-c", "x", "--timeout=0"],
        ["-c"],
    ])
    func wrongUsage(_ arguments: [String]) throws {
        #expect(try PipedRun(try FakeConsole([]), arguments).ended() == .status(2))
    }
}
