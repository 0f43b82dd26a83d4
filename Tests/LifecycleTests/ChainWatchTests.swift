import SystemdBus
import Testing
import Views

@testable import Lifecycle

@Suite struct ChainWatchTests {
    private func watch(_ states: [String], jobs: [ServiceManager.Listed] = []) -> ChainWatch {
        ChainWatch(states.enumerated().map { UnitProperties(id: "\($0).service", activeState: $1) }, jobs: jobs)
    }

    private func change(_ unit: String, _ state: String) -> ManagerSignal {
        .unitChanged(unit: unit, UnitUpdate(["ActiveState": .string(state)]))
    }

    @Test(
        "Units are up when all are, and failed when one is",
        arguments: [
            (["active", "active"], .up), (["active", "reloading"], .pending), (["active", "inactive"], .pending),
            (["active", "failed"], .failed), ([], .pending),
        ] as [([String], ChainWatch.Verdict)])
    func verdict(_ states: [String], _ verdict: ChainWatch.Verdict) { #expect(watch(states).verdict == verdict) }

    @Test("A failed unit with a job is waited for")
    func jobs() {
        var watch = watch(["failed"], jobs: [.init(name: "0.service", activeState: "failed", job: "/job/1")])
        #expect(watch.verdict == .pending)
        watch.apply(.jobRemoved(job: "/job/9", unit: "0.service", result: "done"))
        #expect(watch.verdict == .pending)
        watch.apply(.jobRemoved(job: "/job/1", unit: "0.service", result: "failed"))
        #expect(watch.verdict == .failed)
        watch.apply(.jobNew(job: "/job/2", unit: "0.service"))
        #expect(watch.verdict == .pending)
        watch.apply(change("0.service", "active"))
        #expect(watch.verdict == .up)
    }

    @Test("Signals of other units change nothing, and the status is that of the last signal")
    func status() {
        var watch = watch(["inactive"])
        #expect(watch.contains("0.service") && !watch.contains("other.service"))
        watch.apply(change("other.service", "failed"))
        #expect(watch.verdict == .pending)
        watch.apply(
            .unitChanged(
                unit: "0.service",
                UnitUpdate([
                    "ActiveState": .string("active"), "SubState": .string("running"), "StatusText": .string("4 ports"),
                ])))
        #expect(watch.status(at: 1).text() == "testpmd\n  0.service  active (running)\n    4 ports\n")
    }
}
