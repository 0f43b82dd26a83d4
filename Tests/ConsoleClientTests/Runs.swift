import CLinux
import Foundation
import Linux
import TestSupport
import Testing

/// `pvpgen console` with files for its input and output.
final class PipedRun {
    let child: Child
    private let tree: Tree
    private var hasEnded = false

    var output: String { (try? String(contentsOfFile: tree.path + "/out", encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: tree.path + "/err", encoding: .utf8)) ?? "" }

    init(_ console: FakeConsole, _ arguments: [String], input: String = "", before: [String] = []) throws {
        let files = try Tree(["/in": input, "/out": "", "/err": ""])
        tree = files
        let ends = ["/in", "/out", "/err"].map { open(files.path + $0, O_RDWR | O_CLOEXEC) }
        defer { for end in ends { close(end) } }
        var argv =
            (before + [try Program.path("pvpgen"), "console", "--root=\(console.tree.path)"] + arguments).map {
                strdup($0)
            } + [nil]
        var envp = Environment.all { _ in false }.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        let pid = clinux_spawn(&argv, &envp, ends[0], ends[1], ends[2])
        try #require(pid > 0)
        child = try Child(pid)
    }

    deinit {
        if !hasEnded {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }
    }

    func ended() throws -> Child.Ending {
        try #require(
            Descriptor.poll(child.descriptor.number, .input, timeout: FakeConsole.limit),
            "it did not end\n\(output)\(errors)")
        hasEnded = true
        return try child.reap()
    }
}

/// `pvpgen console` at a terminal, started by a shell that outlives it.
final class TerminalRun {
    let terminal: Terminal
    private let user: Descriptor
    private let child: Child
    private let before: [UInt32]
    private(set) var shown = ""

    /// The script has the command as its arguments, and ends with `exit N` on the terminal.
    init(_ console: FakeConsole, _ arguments: [String] = [], script: String = "\"$@\"; echo exit $?; read -r line")
        throws
    {
        terminal = try Terminal(rows: 30, columns: 100)
        user = Descriptor(owning: open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC))
        let command = [try Program.path("pvpgen"), "console", "--root=\(console.tree.path)"] + arguments
        before = Self.settings(user.number)
        child = try terminal.spawn(
            ["/bin/bash", "-c", script, "bash"] + command,
            environment: Environment.all { $0 == "SYSTEMD_COLORS" } + ["SYSTEMD_COLORS=0"])
    }

    deinit {
        child.signal(SIGKILL)
        _ = try? child.reap()
    }

    /// Whether the terminal is set as it was.
    var isAsBefore: Bool { Self.settings(user.number) == before }

    /// Waits until another process sets it.
    func becomesAsBefore() -> Bool {
        let end = MonotonicClock.now + FakeConsole.limit
        while !isAsBefore, MonotonicClock.now < end { usleep(1000) }
        return isAsBefore
    }

    func type(_ text: String) { #expect(terminal.descriptor.write(Array(text.utf8)) == text.utf8.count) }

    /// Reads until a text is shown.
    func shows(_ text: String) throws { try reads { $0.contains(text) } }

    /// Its exit status.
    func ended() throws -> Int? {
        try reads {
            $0.components(separatedBy: "exit ").last?.unicodeScalars.contains("\n") == true && $0.contains("exit ")
        }
        return Int((shown.components(separatedBy: "exit ").last ?? "").prefix { $0.isNumber })
    }

    private func reads(until isEnough: (String) -> Bool) throws {
        let end = MonotonicClock.now + FakeConsole.limit
        while !isEnough(shown) {
            try #require(
                Descriptor.poll(terminal.descriptor.number, .input, timeout: end - MonotonicClock.now), "only \(shown)")
            switch terminal.descriptor.read() {
            case .bytes(let bytes): shown += String(decoding: bytes, as: UTF8.self)
            case .nothing: break
            case .end: try #require(isEnough(shown), "closed after \(shown)")
            }
        }
    }

    private static func settings(_ number: Int32) -> [UInt32] {
        var settings = termios()
        guard tcgetattr(number, &settings) == 0 else { return [] }
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    }
}
