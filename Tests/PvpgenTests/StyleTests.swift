import Foundation
import Linux
import TestSupport
import Testing

/// Colors are for terminals, and for those who ask for them.
@Suite struct StyleTests {
    private static let red = "\u{1b}[1;31merror:\u{1b}[0m"

    /// What `pvpgen check` shows on a terminal.
    private func onTerminal(_ environment: [String]) throws -> String {
        let tree = try Tree(["/etc/pvpgen/pvp.conf": "[Host]\nAutostrat=yes\n"])
        let terminal = try Terminal()
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ["LD_LIBRARY_PATH=\($0)"] } ?? []
        let child = try terminal.spawn(
            [try Program.path("pvpgen"), "check", "--root=\(tree.path)"], environment: environment + libraries)
        let shown = terminal.readToEnd()
        try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
        #expect(try child.reap() == .status(78))
        return String(decoding: shown, as: UTF8.self)
    }

    @Test(arguments: [
        ["TERM=xterm"], ["TERM=dumb", "SYSTEMD_COLORS=1"], ["TERM=xterm", "NO_COLOR=1", "SYSTEMD_COLORS=256"],
        ["SYSTEMD_COLORS=16"],
    ])
    func colored(_ environment: [String]) throws {
        let shown = try onTerminal(environment)
        #expect(shown.contains("\u{1b}[1m/etc/pvpgen/pvp.conf:2:1:\u{1b}[0m \(Self.red) unknown key"), "\(shown)")
        #expect(shown.contains("\n  \u{1b}[1;32m^\u{1b}[0m\r\n"), "\(shown)")
    }

    @Test(arguments: [
        [], ["TERM=dumb"], ["TERM=xterm", "NO_COLOR="], ["TERM=xterm", "SYSTEMD_COLORS=0"],
        ["TERM=xterm", "SYSTEMD_COLORS=no"],
    ])
    func plain(_ environment: [String]) throws {
        let shown = try onTerminal(environment)
        #expect(shown.contains("error: unknown key") && !shown.contains("\u{1b}"), "\(shown)")
    }

    @Test func aPipeIsNoTerminal() throws {
        let tree = try Tree(["/etc/pvpgen/pvp.conf": "[Host]\nAutostrat=yes\n"])
        let arguments = ["check", "--root=\(tree.path)"]
        #expect(try !Program(name: "pvpgen", environment: ["TERM": "xterm"]).run(arguments).error.contains("\u{1b}"))
        #expect(
            try Program(name: "pvpgen", environment: ["SYSTEMD_COLORS": "1"]).run(arguments).error.contains(Self.red))
    }
}
