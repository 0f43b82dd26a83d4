import Foundation
import JSON
import Linux
import SystemdBus
import TestSupport
import Testing

/// `pvpgen start`, `stop`, `restart` and `status --wait` as a person or a script sees them.
@Suite(.serialized, .enabled(if: CurrentProcess.isRoot && Root.machine.exists(UserManager.busUnit)), OnOwnThreads())
struct LifecycleCommandTests {
    private static func guest(_ service: String) -> String { "[Unit]\nPartOf=pvp.target\n[Service]\n\(service)\n" }

    private static func oneshot(_ command: String) -> String {
        guest("Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c '\(command)'")
    }

    /// A systemd in which one guest fails at once, one is up after three seconds.
    private static func systemd() throws -> UserManager {
        let members = "pvp-guest@bad.service pvp-guest@slow.service"
        let manager = try UserManager([
            "pvp.target": "[Unit]\nWants=\(members)\nAfter=\(members)\n", "pvp-guest@bad.service": oneshot("exit 1"),
            "pvp-guest@slow.service": oneshot("sleep 3"),
        ])
        _ = try manager.throughBus()
        return manager
    }

    /// A verb on a terminal; `tree` has the configuration.
    private func spawn(_ arguments: [String], on terminal: Terminal, _ tree: Tree, _ bus: [String: String]) throws
        -> Child
    {
        let inherited = Environment.all { !["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"].contains($0) }
        return try terminal.spawn(
            [try Program.path("pvpgen")] + arguments + ["--root=\(tree.path)"],
            environment: ["TERM=xterm", "NO_COLOR=1"] + inherited + bus.map { "\($0.key)=\($0.value)" })
    }

    private func ending(_ child: Child) throws -> Child.Ending {
        try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
        return try child.reap()
    }

    @Test("On a terminal, stage, reason and remedy are shown when a guest fails, while the other one starts")
    func failureOnATerminal() throws {
        let systemd = try Self.systemd()
        let terminal = try Terminal(rows: 24, columns: 100)
        let tree = try InstallTests.machine()
        let child = try spawn(["start"], on: terminal, tree, systemd.environment)
        let seen = try terminal.read(until: "run 'pvpgen log pvp-guest@bad' for its journal")
        #expect(seen.contains("error: guests: pvp-guest@bad.service: failed (exit-code)"), "\(seen)")
        // The frame below the report.
        let frame = try terminal.read(until: "target     waiting", after: "")
        #expect(frame.contains("guests     0 of 2 up, 1 failed"), "\(frame)")
        #expect(frame.contains("  pvp-guest@slow.service          activating"), "\(frame)")
        let rest = try terminal.read(until: "stages failed in ")
        #expect(rest.contains("guests     failed after "), "\(rest)")
        #expect(try ending(child) == .status(1))
        let manager = try ServiceManager(socket: systemd.socket)
        #expect(try manager.properties(of: "pvp-guest@slow.service").activeState == "active")
    }

    @Test("Ctrl-C detaches with 130 and leaves the jobs running")
    func detach() throws {
        let systemd = try Self.systemd()
        let terminal = try Terminal(rows: 24, columns: 100)
        let tree = try InstallTests.machine()
        let child = try spawn(["start"], on: terminal, tree, systemd.environment)
        _ = try terminal.read(until: "pvp-guest@slow.service          activating")
        #expect(terminal.descriptor.write([3]) != nil)
        _ = try terminal.read(until: "start: detached, the jobs of pvp.target continue")
        #expect(try ending(child) == .status(130))
        let manager = try ServiceManager(socket: systemd.socket)
        #expect(try manager.jobs()["pvp-guest@slow.service"] == "start")
    }

    @Test("Not on a terminal, stages are lines without escape sequences, and stop returns when all are inactive")
    func plain() throws {
        let systemd = try Self.systemd()
        let tree = try InstallTests.machine()
        let program = Program(name: "pvpgen", environment: systemd.environment)
        let start = try program.run(["start", "--root=\(tree.path)"])
        #expect(start.status == 1 && !start.output.contains("\u{1b}"), "\(start)")
        #expect(start.output.hasPrefix("guests     failed after 3"), "\(start.output)")
        #expect(start.error.hasPrefix("error: guests: pvp-guest@bad.service: failed (exit-code)\n"), "\(start.error)")
        let stop = try program.run(["stop"])
        #expect(stop.status == 0 && stop.output.contains("guests     stopped after "), "\(stop)")
        let manager = try ServiceManager(socket: systemd.socket)
        #expect(try manager.properties(of: "pvp-guest@slow.service").activeState == "inactive")
        // An earlier failure is none of the stop.
        #expect(stop.error == "")
    }

    @Test("For programs, the failure is in the document, and nothing is on standard error")
    func json() throws {
        let systemd = try Self.systemd()
        let tree = try InstallTests.machine()
        let start = try ShowTests.run(["start", "--json"], tree, systemd.environment)
        #expect(start.status == 1 && start.error == "", "\(start)")
        let json = try ShowTests.json(start)
        #expect(json["verb"] == "start" && json["changed"] == true && json["detached"] == false)
        #expect(json["problems"]?.array?.compactMap { $0["code"]?.string } == ["job-failed"])
        let guests = json["stages"]?.array?.first { $0["stage"] == "guests" }
        #expect(guests?["result"] == "failed")
        #expect(guests?["units"]?.array?.compactMap { $0["result"]?.string } == ["failed", "up"])
        let stop = try Program(name: "pvpgen", environment: systemd.environment).run(["stop", "--json"])
        #expect(try stop.status == 0 && ShowTests.json(stop)["verb"] == "stop", "\(stop)")
    }

    @Test("A terminal that can do nothing gets lines")
    func dumb() throws {
        let terminal = try Terminal(rows: 24, columns: 100)
        let tree = try InstallTests.machine()
        let child = try terminal.spawn(
            [try Program.path("pvpgen"), "start", "--root=\(tree.path)"],
            environment: ["TERM=dumb"] + FakeSystemd.nowhere.map { "\($0.key)=\($0.value)" })
        _ = try terminal.read(until: "cannot reach systemd")
        #expect(try ending(child) == .status(1))
    }

    @Test("start and stop without units of a target, and without a systemd")
    func nothing() throws {
        let tree = try InstallTests.machine()
        let systemd = try FakeSystemd()
        let empty = try ShowTests.run(["start"], tree, systemd)
        #expect(empty.status == 1 && empty.error.contains("pvp.target: no unit belongs to it"), "\(empty)")
        #expect(!systemd.calls.contains("StartUnit pvp.target"))
        systemd.change { $0.parts = ["pvp.target": ["a.service"]] }
        let restart = try ShowTests.run(["restart"], tree, systemd)
        #expect(restart.status == 0 && restart.output.contains("restarted in "), "\(restart)")
        #expect(systemd.calls.contains("RestartUnit pvp.target"))
        #expect(try Program(name: "pvpgen", environment: FakeSystemd.nowhere).run(["stop"]).status == 1)
    }

    @Test("status --wait is 0 when all is up, 3 when the time is over, and 1 without a systemd")
    func wait() throws {
        let tree = try InstallTests.machine()
        let systemd = try FakeSystemd()
        let over = try ShowTests.run(["status", "--wait=10ms"], tree, systemd)
        #expect(over.status == 3 && over.output.contains("testpmd.service                inactive"), "\(over)")
        systemd.change { $0.others = ["LoadState": "loaded", "ActiveState": "active"] }
        #expect(try ShowTests.run(["status", "--wait=10s"], tree, systemd).status == 0)
        let json = try ShowTests.run(["status", "--wait=10s", "--watch", "--json"], tree, systemd)
        #expect(try json.status == 0 && ShowTests.json(json)["up"] == true, "\(json)")
        #expect(try ShowTests.run(["status", "--wait=10s"], tree).status == 1)
        #expect(try ShowTests.run(["status", "--wait=soon"], tree).status == 2)
    }

    @Test("status --watch on a terminal is drawn over itself until Ctrl-C")
    func watch() throws {
        let tree = try InstallTests.machine()
        let systemd = try FakeSystemd()
        let terminal = try Terminal(rows: 40, columns: 100)
        let child = try spawn(["status", "--watch"], on: terminal, tree, systemd.environment)
        // The second frame goes over the first.
        let seen = try terminal.read(until: "A")
        #expect(seen.contains("testpmd.service"))
        #expect(terminal.descriptor.write([3]) != nil)
        #expect(try ending(child) == .status(130))
    }
}
