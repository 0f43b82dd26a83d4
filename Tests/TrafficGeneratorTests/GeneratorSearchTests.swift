import Measurement
import TestSupport
import Testing

@testable import TrafficGenerator

@Suite("Search with pvp-traffic") struct GeneratorSearchTests {
    private static func search() throws -> Search {
        let goal = try SearchGoal(
            name: "ndr", lossRatio: 0, width: 0.2, initialTrialDuration: .milliseconds(20),
            finalTrialDuration: .milliseconds(20), durationSum: .milliseconds(100))
        return try Search([goal], limits: SearchLimits(minimumLoad: 100, maximumLoad: 2000, repetitions: 3))
    }

    @Test("Each planned trial is run and judged, until the search is done")
    func trials() throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", device: "net_ring0")
        var search = try Self.search()
        var reported: [Trial] = []
        let runs = GeneratorSearch(try program.connect(), profile: TrafficTrial(id: 0, rate: 0, duration: .zero))
        try runs.run(
            &search,
            report: { trial, planned in
                #expect(trial.input == planned.input && !planned.reason.isEmpty)
                reported.append(trial)
            })
        // Other tests use the CPUs too: a trial may be invalid.
        guard case .done = search.step else {
            Issue.record("\(search.step)")
            return
        }
        #expect(reported == search.trials && !reported.isEmpty)
    }

    @Test("It can be stopped between two trials, and goes on later")
    func stopped() throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", device: "net_ring0")
        let runs = GeneratorSearch(try program.connect(), profile: TrafficTrial(id: 0, rate: 0, duration: .zero))
        var search = try Self.search()
        var count = 0
        try runs.run(&search, isStopped: { count == 1 }, report: { _, _ in count += 1 })
        #expect(search.trials.count == 1)
        try runs.run(&search)
        #expect(search.trials.count > 1)
    }
}
