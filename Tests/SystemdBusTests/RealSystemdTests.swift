import Diagnostics
import Linux
import SystemdBus
import TestSupport
import Testing
import Values

/// The client of systemd against a real one, that of a user. Serialized: two in one control group
/// would kill each other's processes.
@Suite(.serialized, .enabled(if: CurrentProcess.isRoot)) struct RealSystemdTests {
    private static let units = [
        "good.service": "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n",
        "bad.service": "[Service]\nType=oneshot\nExecStart=/bin/false\n",
        "long@.service": "[Service]\nExecStart=/bin/sleep 1000\n",
    ]

    /// What is the same with its own socket and through a bus.
    private func check(_ manager: ServiceManager, _ systemd: UserManager) throws {
        let start = UInt64(MonotonicClock.microseconds)
        try manager.perform(.start(["good.service", "long@a.b.service"]))
        let good = try manager.properties(of: "good.service")
        #expect(
            good.id == "good.service" && good.activeState == "active" && good.subState == "exited"
                && good.result == "success")
        #expect(
            good.problem == nil
                && good.activeEntry.map { $0.monotonic >= start && $0.date.hasPrefix("20", after: " ") } == true)
        let long = try manager.properties(of: "long@a.b.service")
        #expect(long.mainPID > 0 && long.slice.hasSuffix(".slice"))
        #expect(
            try manager.units(matching: ["long@*", "go?d.service"]).map(\.name) == ["good.service", "long@a.b.service"])

        let failed = #expect(throws: Problem.self) { try manager.perform(.restart(["bad.service", "good.service"])) }
        #expect(failed?.code == .jobFailed && failed?.message == "bad.service: RestartUnit: failed")
        let bad = try manager.properties(of: "bad.service")
        #expect(bad.activeState == "failed" && bad.result == "exit-code" && bad.problem?.code == .unitNotActive)

        #expect(try manager.properties(of: "none.service").loadState == "not-found")
        let missing = #expect(throws: Problem.self) { try manager.perform(.start(["none.service"])) }
        #expect(missing?.code == .unitNotLoaded)
        try systemd.write("none.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n")
        try manager.perform(.reload)
        try manager.perform(.start(["none.service"]))

        try manager.setAllowedCPUs(CPUSet([0, 2, 9]), of: "app.slice")
        #expect(try manager.properties(of: "app.slice").allowedCPUs == CPUSet([0, 2, 9]))
        try manager.setAllowedCPUs(CPUSet(), of: "app.slice")
        #expect(try manager.properties(of: "app.slice").allowedCPUs == CPUSet())

        try manager.perform(.stop(["long@a.b.service", "none.service"]))
        #expect(
            try manager.properties(of: ["long@a.b.service", "none.service"]).map(\.activeState) == [
                "inactive", "inactive",
            ])
        #expect(try manager.jobs()["long@a.b.service"] == nil)
        #expect(try manager.version().prefix { $0.isNumber }.count >= 3)
    }

    @Test("Through systemd's own socket") func direct() throws {
        let systemd = try UserManager(Self.units)
        try check(try ServiceManager(socket: systemd.socket), systemd)
    }

    @Test("Through a bus", .enabled(if: Root.machine.exists(UserManager.busUnit))) func throughBus() throws {
        let systemd = try UserManager(Self.units)
        try check(systemd.throughBus(), systemd)
    }
}

extension String {
    fileprivate func hasPrefix(_ prefix: String, after mark: Character) -> Bool {
        split(separator: mark, maxSplits: 1).last?.hasPrefix(prefix) == true
    }
}
