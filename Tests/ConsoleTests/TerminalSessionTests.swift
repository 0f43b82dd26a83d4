import Foundation
import Glibc
import Linux
import TestSupport
import Testing

@Suite("A person at tmux's terminal sees through pvp-console what testpmd alone shows", .serialized, OnOwnThreads())
struct TerminalSessionTests {
    @Test("Tab, history and the keys of the line editor")
    func keys() throws {
        let session = try TwoTerminals()
        try session.attach()
        try session.type(shows: "")
        try session.type("show po", "Tab", shows: "show port ")
        try session.type("Tab", "inf", shows: "show port inf")
        #expect(
            try session.tmux.screen("shell").rows.filter { $0.hasPrefix(" [UINT16]: show port <port_id> rss-hash") }
                .count == 2)
        try session.type("Tab", "0", shows: "show port info 0")
        try session.type("Enter", shows: "")
        #expect(try session.tmux.screen("shell").rows.contains("Device name: net_null0"))
        try session.type("show config cores", "Enter", shows: "")
        try session.type("Up", shows: "show config cores")
        try session.type("Up", shows: "show port info 0")
        try session.type("Down", shows: "show config cores")
        try session.type("Left", "Left", "Left", "Left", "Left", shows: "show config cores", caret: 12)
        try session.type("BSpace", shows: "show configcores", caret: 11)
        try session.type("C-a", "no", "Space", shows: "no show configcores", caret: 3)
        try session.type("Right", "Right", "Right", "Right", "Right", "C-k", shows: "no show ", caret: 8)
        try session.type("C-a", "C-y", shows: "configcoresno show ", caret: 11)
        try session.type("C-e", "C-w", shows: "configcoresno ")
        try session.type("C-c", shows: "")
        try session.type("no such command", "Enter", shows: "")
        try session.type("set fwd ", "?", "ma", shows: "set fwd ma")
        try session.type("C-l", "c", shows: "set fwd mac")
        try session.type("Enter", shows: "")
        #expect(try session.tmux.screen("shell").rows.contains("Set mac packet forwarding mode"))
    }

    @Test("testpmd's terminal has the size of the person's")
    func size() throws {
        let session = try TwoTerminals()
        try session.attach()
        try session.sizeBecomes(rows: 30, columns: 100)
        try session.type("show po", "Tab", "Tab", "in", shows: "show port in")
        try session.resize(rows: 20, columns: 60)
        try session.sizeBecomes(rows: 20, columns: 60)
        try session.type("Tab", "1", shows: "show port info 1")
        try session.type("Enter", shows: "")
        // Longer than a row, and drawn again when it is.
        let long = String(repeating: "show port info all ", count: 4)
        try session.type(long, shows: String(long.dropFirst(60 - "testpmd> ".count)), after: "")
        try session.type("BSpace", "x", "C-c", shows: "")
        try session.resize(rows: 40, columns: 120)
        try session.sizeBecomes(rows: 40, columns: 120)
        try session.type("Up", shows: "show port info 1")
        try session.type("Enter", shows: "")
    }

    @Test("What others ask meanwhile is not to be seen, and what was half typed is as it was")
    func asked() throws {
        let session = try TwoTerminals()
        try session.attach()
        try session.type("show port info 0", "Enter", shows: "")
        try session.type("show port ino 1", "Left", "Left", "Left", shows: "show port ino 1", caret: 12)
        #expect(try session.ask("show config cores") == "List of forwarding lcores:  1\n")
        try session.type(shows: "show port ino 1", caret: 12)
        #expect(try session.ask("show config cores") == "List of forwarding lcores:  1\n")
        try session.type("f", shows: "show port info 1", caret: 13)
        try session.type("Enter", shows: "")
        #expect(try session.ask("show config cores") == "List of forwarding lcores:  1\n")
        try session.type("show po", "Tab", "Tab", "st", shows: "show port st")
    }

    @Test("Ctrl-] returns the terminal to the shell; a later client sees the earlier output, and goes on")
    func again() throws {
        let session = try TwoTerminals()
        let before = try session.settings()
        try session.attach()
        try session.type("show port info 1", "Enter", shows: "")
        try session.type("show config cores", "Enter", shows: "")
        try session.type("Up", "Up", "Left", "Left", shows: "show port info 1", caret: 14)
        let left = try session.tmux.screen("shell")
        try session.detach()
        #expect(try session.tmux.screen("shell").rows.suffix(3) == ["[detached]", "exit 0", "shell>"])
        #expect(try session.settings() == before)
        try session.attachToEmptyScreen()
        try session.type(shows: "show port info 1", caret: 14)
        let shown = try session.tmux.screen("shell")
        #expect(shown.rows.filter { $0.hasPrefix("[attached") }.count == 1)
        #expect(shown.rows.dropLast().last?.hasPrefix("[attached") == true && shown.row == shown.rows.count - 1)
        // testpmd's start as well, of which the judge alone on its terminal has another.
        let start = { (screen: Tmux.Screen) in
            screen.rows.drop { !$0.hasPrefix("EAL: ") }.filter { !$0.hasPrefix("[attached") }
        }
        #expect(start(shown) == start(left) && start(shown).count > 40)
        try session.type("C-k", "Space", "0", shows: "show port info 0")
        try session.type("Enter", shows: "")
        try session.type("Up", "Up", shows: "show config cores")
        try session.detach()
        #expect(try session.settings() == before)
    }

    @Test("Who attaches after more than is kept sees the last of it, in whole lines")
    func late() throws {
        let session = try TwoTerminals()
        try session.attach()
        for _ in 0..<3 { try session.type("show port info all", "Enter", shows: "") }
        try session.type("show po", "Tab", "Tab", "in", shows: "show port in")
        try session.detach()
        try session.attachToEmptyScreen()
        // Three screens of bytes, of which most rows have fewer than they could.
        #expect((60...300).contains(try session.lastRows()))
    }
}

/// A testpmd that is alone on its terminal, and one behind pvp-console, to which a user attaches in
/// a shell. Keys go to both.
private final class TwoTerminals {
    private static let prompt = "testpmd> "
    private static let note = "[attached to testpmd; Ctrl-] detaches]"

    let tmux: Tmux
    private let service: Service
    private let files: Tree
    private var reads = 0

    init() throws {
        service = try Service()
        files = try Tree()
        tmux = try Tmux()
        try service.directory.link("/run/pvp/testpmd.sock", service.socket)
        let program = try #require(Command.find("dpdk-testpmd"))
        let alone = ["RUNTIME_DIRECTORY=\(files.path)"]
        try tmux.open("testpmd", [program] + Service.testpmd.dropFirst(), environment: alone, rows: 30, columns: 100)
        let names = ["PVPGEN=\(try Program.path("pvpgen"))", "ROOT=\(service.directory.path)", "FILES=\(files.path)"]
        let bash = ["bash", "--norc", "--noprofile"]
        try tmux.open("shell", bash, environment: names + ["PS1=shell> ", "HISTFILE="], rows: 30, columns: 100)
        try service.notified("READY=1")
        try shellPrompt()
        try tmux.wait("testpmd", for: "a prompt") { $0.current == "testpmd>" }
    }

    // MARK: The shell

    private func shellPrompt() throws {
        try tmux.wait("shell", for: "the shell's prompt") { $0.current == "shell>" && $0.column == 7 }
    }

    /// The settings of the shell's terminal, as it gives it to a program.
    func settings() throws -> String {
        let file = "/settings\(reads)"
        reads += 1
        try tmux.type(["stty -g >\"$FILES\(file)\"", "Enter"], in: "shell")
        try tmux.wait("shell", for: "the end of stty") { _ in (try? files.text(file))?.isEmpty == false }
        try shellPrompt()
        return try files.text(file)
    }

    /// Attaches; both have the same prompt then.
    func attach() throws {
        try tmux.type(["\"$PVPGEN\" console --root=\"$ROOT\"; echo exit $?", "Enter"], in: "shell")
        try tmux.wait("shell", for: "testpmd's prompt") { screen in
            screen.rows.contains(Self.note) && screen.current.hasPrefix("testpmd>")
        }
    }

    func attachToEmptyScreen() throws {
        try tmux.reset("shell")
        try tmux.type(["Enter"], in: "shell")
        try shellPrompt()
        try attach()
    }

    func detach() throws {
        try tmux.type(["C-]"], in: "shell")
        try shellPrompt()
    }

    /// The answer to another client.
    func ask(_ command: String) throws -> String {
        try Command([Program.path("pvpgen"), "console", "--root=\(service.directory.path)", "-c", command]).run().output
    }

    // MARK: Both

    /// Types at both, and waits until both show the same from the first prompt on, and in the end
    /// this with the caret behind it, or so far in it.
    func type(
        _ keys: String..., shows text: String, caret: Int? = nil, after prompt: String = prompt,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        if !keys.isEmpty { for name in ["testpmd", "shell"] { try tmux.type(keys, in: name) } }
        let row = Tmux.Screen.trimmed(prompt + text)
        let column = prompt.count + (caret ?? text.count)
        let alone = try tmux.wait("testpmd", for: row, sourceLocation: sourceLocation) {
            $0.current == row && $0.column == column
        }
        try tmux.wait("shell", for: "the same as \(alone)", sourceLocation: sourceLocation) { screen in
            try talk(screen) == talk(tmux.screen("testpmd")) && screen.current == row && screen.column == column
        }
    }

    func resize(rows: Int, columns: Int) throws {
        for name in ["testpmd", "shell"] { try tmux.resize(name, rows: rows, columns: columns) }
    }

    /// Waits until testpmd's own terminal has that size.
    func sizeBecomes(rows: Int, columns: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let number = open("/proc/\(try service.testpmd())/fd/0", O_RDONLY | O_NOCTTY | O_CLOEXEC)
        try #require(number >= 0)
        let terminal = Descriptor(owning: number)
        let size = TerminalSize(rows: rows, columns: columns)
        try tmux.wait("shell", for: "what testpmd makes of \(size)", sourceLocation: sourceLocation) { _ in
            TerminalSize(of: terminal.number) == size
        }
    }

    /// The output from the first prompt on, without the message at the attachment.
    private func talk(_ screen: Tmux.Screen) -> Tmux.Screen {
        var talk = Tmux.Screen(rows: [], row: 0, column: screen.column)
        for (index, row) in screen.rows.enumerated() {
            guard !talk.rows.isEmpty || row.hasPrefix("testpmd>"), !row.hasPrefix(Self.note) else { continue }
            if index == screen.row { talk.row = talk.rows.count }
            talk.rows.append(masked(row))
        }
        return talk
    }

    /// Ports of nothing have another address each time.
    private func masked(_ row: String) -> String {
        row.replacingOccurrences(of: "([0-9A-F]{2}:){5}[0-9A-F]{2}", with: "<address>", options: .regularExpression)
    }

    /// Waits until a newly attached client sees exactly the last rows that testpmd alone has shown;
    /// returns their number.
    func lastRows() throws -> Int {
        let alone = try tmux.screen("testpmd").rows.map(masked)
        var seen: [String] = []
        try tmux.wait("shell", for: "the last of \(alone)") { screen in
            seen = screen.rows.drop { !$0.hasPrefix("shell> ") }.dropFirst().filter { !$0.hasPrefix(Self.note) }.map(
                masked)
            return alone.suffix(seen.count) == seen[...]
        }
        return seen.count
    }
}
