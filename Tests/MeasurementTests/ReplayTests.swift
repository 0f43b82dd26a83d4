import Measurement
import Testing

/// The list of trials is the whole state of a search.
@Suite struct ReplayTests {
    private static func search(_ number: Int) throws -> (Search, SearchLimits) {
        var device = SimulatedDevice(number)
        let limits = try SearchLimits(
            minimumLoad: SimulatedDevice.limits.minimum, maximumLoad: SimulatedDevice.limits.maximum, timeLimit: nil)
        var search = try Search(device.goals(), limits: limits)
        try search.run(&device)
        return (search, limits)
    }

    @Test(arguments: [0, 1, 2, 3, 9, 13, 14, 17, 29, 50, 51])
    func searchThatIsCutAtAnyTrialPlansTheSameOnes(_ number: Int) throws {
        let (whole, limits) = try Self.search(number)
        for cut in 0...whole.trials.count {
            var resumed = try Search(whole.goals, limits: limits, trials: Array(whole.trials[..<cut]))
            if cut < whole.trials.count {
                guard case .trial(let planned) = resumed.step else {
                    Issue.record("device \(number) ends after \(cut) trials")
                    continue
                }
                #expect(planned.input == whole.trials[cut].input)
                for trial in whole.trials[cut...] { try resumed.record(trial) }
            }
            #expect(resumed.trials == whole.trials && resumed.step == whole.step)
        }
    }

    @Test func planAndReasonAreThoseOfTheUninterruptedSearch() throws {
        let (whole, limits) = try Self.search(1)
        var search = try Search(whole.goals, limits: limits)
        for (index, trial) in whole.trials.enumerated() {
            #expect(try Search(whole.goals, limits: limits, trials: Array(whole.trials[..<index])).step == search.step)
            try search.record(trial)
        }
    }

    @Test func trialsOfOtherLimitsAreRefused() throws {
        let (whole, _) = try Self.search(0)
        let other = try SearchLimits(minimumLoad: 9001, maximumLoad: 14_000_000, timeLimit: nil)
        let found = whole.trials[0].input
        let expected = TrialInput(load: 14_000_000, duration: .seconds(1))
        #expect(throws: SearchError.unexpectedTrial(1, expected: expected, found: found)) {
            try Search(whole.goals, limits: other, trials: whole.trials)
        }
    }

    @Test func trialAfterTheEndIsRefusedAndTheSearchUnchanged() throws {
        var (whole, _) = try Self.search(0)
        let (count, step, trial) = (whole.trials.count, whole.step, whole.trials[0])
        #expect(throws: SearchError.unexpectedTrial(count + 1, expected: nil, found: trial.input)) {
            try whole.record(trial)
        }
        #expect(whole.trials.count == count && whole.step == step)
    }
}
