import Console
import Foundation
import Linux
import TestSupport
import Testing

@Suite("pvpgen console at a terminal", OnOwnThreads())
struct AttachTests {
    /// An attached client, on a terminal that is raw.
    private func attached(_ console: FakeConsole, _ arguments: [String] = []) throws -> (TerminalRun, FakeClient) {
        let run = try TerminalRun(console, arguments)
        let client = try console.accept()
        client.welcome(replay: "before\r\ntestpmd> ")
        try run.shows("[attached to testpmd; Ctrl-] detaches]\r\ntestpmd> ")
        #expect(!run.isAsBefore)
        return (run, client)
    }

    @Test("Keys and bytes go through as they are, sizes follow, Ctrl-] detaches")
    func keys() throws {
        let (run, client) = try attached(try FakeConsole())
        #expect(try client.next() == .hello(role: .control, replay: 3 * 30 * 100))
        #expect(try client.next() == .window(rows: 30, columns: 100))
        run.type("show po\t\u{3}\u{1b}[A\u{1a}\u{1c}\u{11}\u{13}\r")
        #expect(try client.typed(upTo: "\r") == "show po\t\u{3}\u{1b}[A\u{1a}\u{1c}\u{11}\u{13}\r")
        client.send(.output(Array("answer\u{1b}[K\n".utf8)))
        try run.shows("answer\u{1b}[K\n")
        var size = winsize(ws_row: 50, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(run.terminal.descriptor.number, UInt(TIOCSWINSZ), &size) == 0)
        #expect(try client.window() == .window(rows: 50, columns: 132))
        run.type("half\u{1d}echo exit 99\n")
        #expect(try client.typed(upTo: "half") == "half")
        #expect(try client.next() == nil)
        #expect(try run.ended() == 0)
        #expect(run.isAsBefore && run.shown.contains("\r\n[detached]\r\n") && !run.shown.contains("99"))
    }

    @Test("A signal from outside", arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGINT])
    func signal(_ number: Int32) throws {
        let (run, client) = try attached(try FakeConsole())
        kill(try client.pid(), number)
        #expect(try run.ended() == Int(128 + number))
        #expect(run.isAsBefore)
    }

    @Test("Killed: another process restores the terminal")
    func killed() throws {
        let (run, client) = try attached(try FakeConsole())
        kill(try client.pid(), SIGKILL)
        #expect(run.becomesAsBefore())
        #expect(try run.ended() == Int(128 + SIGKILL))
        while try client.next() != nil {}
    }

    @Test("Killed with all of its process group")
    func killedWithItsGroup() throws {
        let console = try FakeConsole()
        let run = try TerminalRun(
            console, script: "set -m; sleep 30 & \"$@\" </dev/tty & fg %2 >/dev/null; echo exit $?; sleep 1000")
        let client = try console.accept()
        client.welcome()
        try run.shows("attached")
        kill(-(try client.pid()), SIGKILL)
        #expect(run.becomesAsBefore())
    }

    @Test("A shell that sets the terminal as it likes after the kill is left alone")
    func killedAndSetAgain() throws {
        let console = try FakeConsole()
        let run = try TerminalRun(
            console, script: "\"$@\"; stty sane -echo; echo set; read -r line; echo exit 0; read -r line")
        let client = try console.accept()
        client.welcome()
        try run.shows("attached")
        kill(try client.pid(), SIGKILL)
        try run.shows("set")
        run.type("x\n")
        _ = try run.ended()
        #expect(!run.isAsBefore)
    }

    @Test("Stopped, the shell has its terminal as it was; then it goes on, and sends its size again")
    func suspended() throws {
        let console = try FakeConsole()
        let script = "set -m; \"$@\"; echo stopped; read -r line; fg >/dev/null; echo exit $?; read -r line"
        let run = try TerminalRun(console, script: script)
        let client = try console.accept()
        client.welcome()
        try run.shows("attached")
        #expect(try client.window() == .window(rows: 30, columns: 100))
        kill(try client.pid(), SIGTSTP)
        try run.shows("stopped")
        #expect(run.isAsBefore)
        run.type("go on\n")
        #expect(try client.window() == .window(rows: 30, columns: 100))
        #expect(!run.isAsBefore)
        run.type("x\u{1d}")
        #expect(try client.typed(upTo: "x").hasSuffix("x"))
        #expect(try run.ended() == 0)
        #expect(run.isAsBefore)
    }

    @Test("Stopped and continued by others: it is raw again")
    func continued() throws {
        let (run, client) = try attached(try FakeConsole())
        #expect(try client.window() != nil)
        let pid = try client.pid()
        kill(pid, SIGSTOP)
        var settings = termios()
        #expect(tcgetattr(run.terminal.descriptor.number, &settings) == 0)
        settings.c_lflag |= UInt32(ECHO | ICANON)
        #expect(tcsetattr(run.terminal.descriptor.number, TCSANOW, &settings) == 0)
        kill(pid, SIGCONT)
        #expect(try client.window() != nil)
        run.type("a")
        #expect(try client.typed(upTo: "a") == "a")
        run.type("\u{1d}")
        #expect(try run.ended() == 0)
        #expect(run.isAsBefore)
    }

    @Test("Without a shell that could continue it, SIGTSTP stops nothing")
    func orphaned() throws {
        let (run, client) = try attached(try FakeConsole())
        #expect(try client.window() != nil)
        kill(try client.pid(), SIGTSTP)
        #expect(try client.window() != nil)
        run.type("a\u{1d}")
        #expect(try client.typed(upTo: "a") == "a")
        #expect(try run.ended() == 0)
    }

    @Test func theConsoleEnds() throws {
        let (run, client) = try attached(try FakeConsole())
        client.send(.end("testpmd quit"))
        try run.shows("\r\n[testpmd quit]\r\n")
        #expect(try run.ended() == 0)
        #expect(run.isAsBefore)
    }

    @Test("The console dies in the middle of a frame, or sends nonsense")
    func theConsoleDies() throws {
        let ends: [([UInt8], String)] = [
            (Array(Frame.output([1, 2, 3]).bytes.dropLast()), "the connection to the console was closed"),
            ([0x6f, 0xff, 0xff, 0xff], "the console sent an invalid frame"),
        ]
        for (bytes, message) in ends {
            let (run, client) = try attached(try FakeConsole())
            client.send(bytes)
            UnixSocket.finishWriting(client.socket)
            #expect(try run.ended() == 1)
            #expect(run.isAsBefore && run.shown.contains("\r\nerror: testpmd: \(message)\r\n"), "\(run.shown)")
        }
    }

    @Test("A terminal that shows nothing more keeps no signal from ending it")
    func stalled() throws {
        let (run, client) = try attached(try FakeConsole())
        var sent = 0
        while let count = client.socket.write(Frame.output([UInt8](repeating: 0x61, count: 10_000)).bytes), count > 0 {
            sent += count
        }
        #expect(sent > 10_000)
        kill(try client.pid(), SIGTERM)
        #expect(run.becomesAsBefore())
        while try client.next() != nil {}
    }

    @Test("Who may not attach reads why, and the terminal is left alone")
    func refused() throws {
        let console = try FakeConsole()
        let run = try TerminalRun(console)
        let client = try console.accept()
        client.send(Array("testpmd: user 1000 may not attach\n".utf8))
        UnixSocket.finishWriting(client.socket)
        #expect(try run.ended() == 1)
        #expect(
            run.shown.contains("error: testpmd: testpmd: user 1000 may not attach\r\n")
                && !run.shown.contains("[attached"))
    }

    @Test func readOnly() throws {
        let console = try FakeConsole()
        let run = try TerminalRun(console, ["--read-only"])
        let client = try console.accept()
        #expect(try client.next() == .hello(role: .view, replay: 9000))
        client.welcome(.view)
        try run.shows("[attached to testpmd, read-only; Ctrl-] detaches]")
        run.type("quit\n\u{1d}")
        #expect(try run.ended() == 0)
        while let frame = try client.next() { if case .input = frame { Issue.record("it was sent") } }
    }
}
