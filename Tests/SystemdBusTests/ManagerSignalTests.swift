import Linux
import SystemdBus
import TestSupport
import Testing

/// Signals of a real systemd, that of a user.
@Suite(.serialized, .enabled(if: CurrentProcess.isRoot)) struct ManagerSignalTests {
    private static let units = [
        "a.service": "[Unit]\nPartOf=all.target\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n",
        "b.service": "[Service]\nType=oneshot\nExecStart=/bin/false\n", "all.target": "[Unit]\nWants=a.service\n",
    ]

    /// The signals of a unit until one of its jobs has ended.
    private func signals(_ manager: ServiceManager, of unit: String) throws -> [ManagerSignal] {
        var signals: [ManagerSignal] = []
        let end = MonotonicClock.now + 20_000
        while MonotonicClock.now < end {
            while let signal = try manager.nextSignal(isWanted: { $0 == unit }) {
                signals.append(signal)
                if case .jobRemoved = signal { return signals }
            }
            var entries = [manager.pollEntry]
            PollEntry.wait(for: &entries, timeout: 100)
        }
        return signals
    }

    private func check(_ manager: ServiceManager) throws {
        try manager.subscribe()
        // Again, which systemd itself refuses.
        try manager.subscribe()
        #expect(try manager.parts(of: "all.target") == ["a.service"])
        #expect(try manager.units(named: ["all.target", "a.service"]).map(\.name) == ["a.service", "all.target"])
        for (unit, state, result) in [("a.service", "active", "done"), ("b.service", "failed", "failed")] {
            let job = try manager.begin("StartUnit", unit)
            let signals = try signals(manager, of: unit)
            #expect(signals.first == .jobNew(job: job, unit: unit))
            #expect(signals.last == .jobRemoved(job: job, unit: unit, result: result))
            var properties = UnitProperties(id: unit, activeState: "inactive")
            for case .unitChanged(unit, let update) in signals { update.apply(to: &properties) }
            #expect(properties.activeState == state && properties.inactiveExit != nil)
            #expect(properties.result == (state == "active" ? "success" : "exit-code"))
        }
        let begin = try manager.begin("StopUnit", "a.service")
        #expect(
            try signals(manager, of: "a.service").last == .jobRemoved(job: begin, unit: "a.service", result: "done"))
    }

    @Test("Jobs and changes of units are reported through systemd's own socket")
    func direct() throws {
        let systemd = try UserManager(Self.units)
        try check(ServiceManager(socket: systemd.socket))
    }

    @Test("The same through a bus", .enabled(if: Root.machine.exists(UserManager.busUnit))) func throughBus() throws {
        let systemd = try UserManager(Self.units)
        try check(systemd.throughBus())
    }
}
