import Foundation
import Linux
import TestSupport
import Testing

@Suite("Programs on a terminal")
struct TerminalTests {
    /// Everything that a program shows, until the terminal has no user any more.
    private func run(_ arguments: [String], environment: [String] = [], typing: String = "") throws -> (
        shown: String, ending: Child.Ending
    ) {
        let terminal = try Terminal()
        let child = try terminal.spawn(arguments, environment: environment)
        if !typing.isEmpty { #expect(terminal.descriptor.write(Array(typing.utf8)) == typing.utf8.count) }
        let shown = terminal.readToEnd()
        try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
        return (String(decoding: shown, as: UTF8.self), try child.reap())
    }

    @Test("It is the controlling terminal of a new session")
    func session() throws {
        let script = "tty; stty size; echo written >/dev/tty; ps -o sid=,tpgid= -p $$; echo $$; ls /proc/self/fd"
        let (shown, ending) = try run(["/bin/sh", "-c", script])
        let lines = shown.split(separator: "\r\n").map(String.init)
        try #require(lines.count >= 5)
        #expect(lines[0].hasPrefix("/dev/pts/"))
        #expect(lines[1] == "24 80")
        #expect(lines[2] == "written")
        #expect(lines[3].split(separator: " ").allSatisfy { $0 == lines[4] })
        #expect(lines[5...].joined(separator: " ").split(separator: " ") == ["0", "1", "2", "3"])
        #expect(ending == .status(0))
    }

    @Test func typing() throws {
        let (shown, ending) = try run(["/bin/sh", "-c", "read line; echo \"got $line\"; exit 7"], typing: "hello\n")
        #expect(shown == "hello\r\ngot hello\r\n")
        #expect(ending == .status(7))
    }

    @Test("Left to the program, a terminal shows nothing of what is typed, and no key stops its output")
    func leftToTheProgram() throws {
        let terminal = try Terminal()
        try terminal.disableEchoAndFlowControl()
        let child = try terminal.spawn(["/bin/sh", "-c", "read line; echo \"got ${#line}\""], environment: [])
        #expect(terminal.descriptor.write(Array("\u{13}hello\n".utf8)) == 7)
        #expect(String(decoding: terminal.readToEnd(), as: UTF8.self) == "got 6\r\n")
        #expect(try child.reap() == .status(0))
    }

    @Test func environment() throws {
        #expect(try run(["/usr/bin/env"], environment: ["ONE=1", "TWO=2 3"]).shown == "ONE=1\r\nTWO=2 3\r\n")
        #expect(Environment.all { $0 != "PATH" } == ["PATH=\(Environment["PATH"] ?? "")"])
        #expect(Environment["PVP_NO_SUCH_VARIABLE"] == nil)
    }

    @Test func signal() throws {
        #expect(try run(["/bin/sh", "-c", "kill -SEGV $$"]).ending == .signal(SIGSEGV))
    }

    @Test("When the terminal goes away, so does the program")
    func hangUp() throws {
        var terminal: Terminal? = try Terminal()
        let child = try #require(try terminal?.spawn(["/bin/sleep", "1000"], environment: []))
        terminal = nil
        try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
        #expect(try child.reap() == .signal(SIGHUP))
    }

    @Test func missingProgram() throws {
        #expect(throws: SystemError("posix_spawn", "/no/such/program", code: ENOENT)) { try run(["/no/such/program"]) }
    }
}
