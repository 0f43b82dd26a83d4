import Measurement
import Testing
import TrafficGenerator

@testable import TRex

@Suite("Search with TRex") struct TRexSearchTests {
    @Test("The limit of the device is found within the width of the goal", arguments: [1_234_567, 7_900_000])
    func limit(_ limit: Int) throws {
        let server = try FakeTRex()
        server.change { $0.limit = Double(limit) }
        let goal = try SearchGoal(
            name: "ndr", lossRatio: 0, width: 0.01, initialTrialDuration: .milliseconds(20),
            finalTrialDuration: .milliseconds(20), durationSum: .milliseconds(60))
        let limits = try SearchLimits(minimumLoad: 10_000, maximumLoad: 14_880_952, repetitions: 5)
        var search = try Search([goal], limits: limits)
        var runner = TrialRunner(try Trials.generator(server))
        try runner.run(&search, TrafficTrial(id: 0, rate: 0, duration: .zero)) { _, _ in }
        guard case .done(let result) = search.step else {
            Issue.record("\(search.step)")
            return
        }
        let found = result.goals[0]
        #expect(found.irregularity == nil, "\(found)")
        let (lower, upper) = try (#require(found.lowerBound), #require(found.upperBound))
        // The device has room for 8 frames in a trial.
        #expect(lower <= limit + 400 && upper >= limit)
        #expect(Double(upper - lower) <= 0.01 * Double(upper) + 1)
    }

    @Test("A search ends when each trial is invalid, with the fault of TRex")
    func invalid() throws {
        let server = try FakeTRex()
        server.change { $0.linksDown = [0] }
        var search = try Search([.ndr], limits: SearchLimits(minimumLoad: 1000, maximumLoad: 1_000_000))
        var runner = TrialRunner(try Trials.generator(server))
        try runner.run(&search, TrafficTrial(id: 0, rate: 0, duration: .zero)) { _, _ in }
        guard case .done(let result) = search.step, case .invalidTrials(_, let reason) = result.goals[0].irregularity
        else {
            Issue.record("\(search.step)")
            return
        }
        #expect(search.trials.count == 3)
        #expect(reason == "generator: port 0: link is down")
    }
}
