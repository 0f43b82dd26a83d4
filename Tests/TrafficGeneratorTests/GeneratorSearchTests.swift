import Diagnostics
import Measurement
import TestSupport
import Testing

@testable import TrafficGenerator

@Suite("Search with pvp-traffic") struct GeneratorSearchTests {
    private struct Stop: Error {}

    private static func search() throws -> Search {
        let goal = try SearchGoal(
            name: "ndr", lossRatio: 0, width: 0.2, initialTrialDuration: .milliseconds(20),
            finalTrialDuration: .milliseconds(20), durationSum: .milliseconds(100))
        return try Search([goal], limits: SearchLimits(minimumLoad: 100, maximumLoad: 2000, repetitions: 3))
    }

    private static let profile = TrafficTrial(id: 0, rate: 0, duration: .zero)

    @Test("Each planned trial is run and judged, until the search is done")
    func trials() throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", devices: ["net_ring0"])
        var search = try Self.search()
        var completed: [CompletedTrial] = []
        var runner = TrialRunner(try program.connect())
        try runner.run(&search, Self.profile) { done, _ in completed.append(done) }
        // Other tests use the CPUs too: a trial may be invalid.
        guard case .done = search.step else {
            Issue.record("\(search.step)")
            return
        }
        #expect(completed.map(\.trial) == search.trials && !completed.isEmpty)
        #expect(completed.allSatisfy { $0.planned.input == $0.trial.input && !$0.planned.reason.isEmpty })
        #expect(completed.allSatisfy { $0.observation.directions.count == 1 })
    }

    @Test("A search ends when the callback throws, and goes on later")
    func stopped() throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", devices: ["net_ring0"])
        var runner = TrialRunner(try program.connect())
        var search = try Self.search()
        let stop = Problem(.trafficLost, "stop", remedy: "none")
        #expect(throws: Problem.self) {
            try runner.run(&search, Self.profile) { _, _ throws(Problem) in throw stop }
        }
        #expect(search.trials.count == 1)
        try runner.run(&search, Self.profile) { _, _ in }
        #expect(search.trials.count > 1)
    }
}
