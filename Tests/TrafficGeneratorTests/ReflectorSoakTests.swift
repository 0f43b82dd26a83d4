import Measurement
import TestSupport
import Testing

@testable import TrafficGenerator

/// A search against a device whose limit is known. It needs two CPUs that nothing else uses.
@Suite("Search against the reflector", .serialized) struct ReflectorSoakTests {
    @Test(
        "The limit of the reflector is found within the width of the goal",
        arguments: [20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000, 120_000])
    func limit(_ rate: Int) throws {
        let tree = try Tree()
        let pair = try ReflectorPair(tree)
        var faults = TrafficFaults()
        faults.limit = rate
        try pair.reflector.reflect(faults)
        let goal = try SearchGoal(
            name: "ndr", lossRatio: 0, width: 0.01, initialTrialDuration: .milliseconds(500),
            finalTrialDuration: .milliseconds(500), durationSum: .milliseconds(1500))
        var search = try Search(
            [goal], limits: SearchLimits(minimumLoad: 1000, maximumLoad: 300_000, repetitions: 50))
        let profile = TrafficTrial(id: 0, rate: 0, duration: .zero)
        try GeneratorSearch(pair.generator, profile: profile).run(&search)
        guard case .done(let result) = search.step, let found = result.goals.first else {
            Issue.record("the search did not end")
            return
        }
        let lower = try #require(found.lowerBound, "\(found)")
        let upper = try #require(found.upperBound, "\(found)")
        let invalid = search.trials.count { if case .invalid = $0.verdict { true } else { false } }
        print("limit \(rate): \(lower) to \(upper) pps, \(search.trials.count) trials, \(invalid) of them invalid")
        #expect(found.irregularity == nil, "\(found)")
        let width = Double(rate) * goal.width
        #expect(Double(lower) <= Double(rate) + width && Double(upper) >= Double(rate) - width)
    }
}
