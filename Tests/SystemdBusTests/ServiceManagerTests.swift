import Diagnostics
import Linux
import SystemdBus
import TestSupport
import Testing
import Values

/// The client of systemd, against one of sd-bus's own servers on a private socket.
@Suite struct ServiceManagerTests {
    private static let text = """
        Id=testpmd.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        Result=success
        StatusText=4 ports
        MainPID=4711
        Slice=pvp.slice
        AllowedCPUs=0-1,9,64
        ActiveEnterTimestamp=1795527616000000
        ActiveEnterTimestampMonotonic=700000000
        InactiveEnterTimestampMonotonic=0

        Id=pvp-guest@a.service
        LoadState=loaded
        ActiveState=failed
        """

    private func manager(_ systemd: FakeSystemd, within limit: Duration? = nil) throws -> ServiceManager {
        try ServiceManager(socket: systemd.path, within: limit)
    }

    private func code(_ body: () throws -> Void) -> Problem.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Problem)?.code
        }
    }

    @Test("All properties of a unit are read in their types, those of other types are passed over")
    func properties() throws {
        let systemd = try FakeSystemd(Self.text)
        let unit = try manager(systemd).properties(of: "testpmd.service")
        var wanted = UnitProperties(id: "testpmd.service", activeState: "active")
        wanted.subState = "running"
        wanted.result = "success"
        wanted.statusText = "4 ports"
        wanted.mainPID = 4711
        wanted.slice = "pvp.slice"
        wanted.allowedCPUs = CPUSet([0, 1, 9, 64])
        wanted.activeEntry = .init(
            date: MonotonicClock.localDate(microseconds: 1_795_527_616_000_000), monotonic: 700_000_000)
        #expect(unit == wanted)
        #expect(unit.problem == nil)
    }

    @Test("A unit that systemd does not know is not-found, and its name is escaped on the bus")
    func unknownUnit() throws {
        let name = "pvp-vfio@0000:17:00.0.service"
        let systemd = try FakeSystemd()
        let unit = try manager(systemd).properties(of: name)
        #expect(systemd.calls == ["GetAll \(name)"])
        #expect(unit.id == name && unit.loadState == "not-found" && unit.problem?.code == .unitNotLoaded)
    }

    @Test("Units are listed by pattern, jobs by unit")
    func lists() throws {
        let systemd = try FakeSystemd(Self.text)
        systemd.change { $0.jobs = [("a.service", "restart"), ("b.service", "stop")] }
        let manager = try manager(systemd)
        let guests = try manager.units(matching: ["pvp-guest@*.service", "*.socket"])
        #expect(guests.map(\.name) == ["pvp-guest@a.service"] && guests.map(\.activeState) == ["failed"])
        #expect(try manager.units(matching: ["*.service"]).map(\.name) == ["pvp-guest@a.service", "testpmd.service"])
        #expect(try manager.jobs() == ["a.service": "restart", "b.service": "stop"])
        #expect(try manager.version() == "252.39-1~deb12u2")
    }

    @Test("AllowedCPUs= is set until the next boot", arguments: ["0-1,8,65", "7", ""])
    func allowedCPUs(_ text: String) throws {
        let systemd = try FakeSystemd()
        let cpus = try #require(CPUSet(text))
        let manager = try manager(systemd)
        try manager.setAllowedCPUs(cpus, of: "system.slice")
        #expect(try manager.properties(of: "system.slice").allowedCPUs == cpus)
        #expect(systemd.calls.contains("system.slice: AllowedCPUs=\(text), runtime"))
    }

    @Test("Actions are done unit by unit, and a job that fails is reported after the others have ended")
    func actions() throws {
        let systemd = try FakeSystemd(Self.text)
        let manager = try manager(systemd)
        try manager.perform(.start(["a.service", "testpmd.service"]))
        try manager.perform(.reload)
        try manager.perform(.restart(["testpmd.service"]))
        #expect(
            systemd.calls == [
                "StartUnit a.service", "StartUnit testpmd.service", "Reload ", "RestartUnit testpmd.service",
            ])
        systemd.change { $0.results = ["a.service": "timeout", "b.service": "dependency", "c.service": "skipped"] }
        let problem = #expect(throws: Problem.self) {
            try manager.perform(.stop(["b.service", "a.service", "c.service", "testpmd.service"]))
        }
        #expect(problem?.code == .jobFailed)
        #expect(problem?.message == "a.service: StopUnit: timeout; b.service: StopUnit: dependency")
        #expect(systemd.calls.last == "StopUnit testpmd.service")
    }

    @Test("A unit that systemd refuses does not keep the others from being started")
    func refusedUnit() throws {
        let systemd = try FakeSystemd()
        systemd.change { $0.errors["a.service"] = ("org.freedesktop.systemd1.UnitMasked", "Unit a.service is masked.") }
        let manager = try manager(systemd)
        #expect(code { try manager.perform(.start(["a.service", "b.service"])) } == .systemdRefused)
        #expect(systemd.calls == ["StartUnit a.service", "StartUnit b.service"])
    }

    @Test("A systemd that does not answer is waited for no longer than the limit")
    func timeout() throws {
        let systemd = try FakeSystemd()
        systemd.change { $0.isSilent = true }
        let manager = try manager(systemd, within: .milliseconds(200))
        #expect(code { _ = try manager.properties(of: "a.service") } == .systemdTimeout)
        // The limit is for all questions in sum.
        #expect(code { _ = try manager.jobs() } == .systemdTimeout)
    }

    @Test("A process that accepts the connection and never greets is given up")
    func mutePeer() throws {
        let tree = try Tree()
        let listener = try UnixSocket.listen(tree.path + "/mute", .stream, mode: 0o600)
        #expect(
            code { _ = try ServiceManager(socket: tree.path + "/mute", within: .milliseconds(200)) } == .systemdTimeout)
        withExtendedLifetime(listener) {}
    }

    @Test("Without a socket, and with one on which no process listens, systemd cannot be reached")
    func noProcess() throws {
        let tree = try Tree()
        #expect(code { _ = try ServiceManager(socket: tree.path + "/none") } == .systemdSilent)
        var listener: Descriptor? = try UnixSocket.listen(tree.path + "/left", .stream, mode: 0o600)
        withExtendedLifetime(listener) {}
        listener = nil
        #expect(code { _ = try ServiceManager(socket: tree.path + "/left") } == .systemdSilent)
    }

    @Test("A systemd that goes away in the middle of a call cannot be reached")
    func goneInTheMiddle() throws {
        var systemd: FakeSystemd? = try FakeSystemd()
        systemd?.change { $0.isSilent = true }
        let manager = try manager(try #require(systemd))
        systemd = nil
        #expect(code { _ = try manager.jobs() } == .systemdSilent)
    }
}
