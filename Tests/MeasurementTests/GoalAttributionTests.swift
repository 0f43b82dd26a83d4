import Measurement
import Testing

@Suite struct GoalAttributionTests {
    private func result(_ lower: Int?, _ upper: Int?) -> GoalResult {
        GoalResult(goal: .ndr, lowerBound: lower, upperBound: upper)
    }

    private func trial(_ load: Int, guest: Int, wire: Int = 0) -> Trial {
        var observation = Observations.valid(lost: 0)
        observation.after.paths = observation.before.paths
        for index in 0...1 {
            observation.directions[index].received = Observations.pass(
                1_000_000, &observation.after.paths[index], wire: wire, guest: guest)
        }
        return Trial(
            TrialInput(load: load, duration: .seconds(1)), verdict: Verdict(observation),
            attribution: observation.attribution)
    }

    @Test func sentenceNamesTheStageThatLosesAboveTheResult() {
        let trials = [
            trial(7_900_000, guest: 0), trial(8_000_000, guest: 960, wire: 40), trial(8_100_000, guest: 0, wire: 9999),
        ]
        let text = GoalAttribution(result(7_900_000, 8_000_000), trials: trials).text
        #expect(text == "above 7.9 Mpps guest vm1 loses (96 %, unexplained 4 %)")
    }

    @Test func sentenceSaysWhenNoStageCountsTheLoss() {
        let trials = [trial(8_000_000, guest: 1, wire: 999)]
        #expect(
            GoalAttribution(result(7_900_000, 8_000_000), trials: trials).text
                == "above 7.9 Mpps frames are lost where no stage counts them (unexplained 99 %)")
    }

    @Test func sentenceOfAnIrregularResult() {
        let trials = [trial(9001, guest: 10)]
        #expect(GoalAttribution(result(14_880_952, nil), trials: []).text == "no loss above the goal up to 14.88 Mpps")
        #expect(GoalAttribution(result(nil, nil), trials: []).text == "no load is decided")
        #expect(
            GoalAttribution(result(nil, 9001), trials: trials).text
                == "at 9.001 kpps, and perhaps below, guest vm1 loses (100 %, unexplained 0 %)")
        #expect(
            GoalAttribution(result(100, 9001), trials: []).text
                == "above 100 pps frames are lost; no stage has counters")
    }

    @Test func trialsBelowTheLossOfTheGoalAreNoReason() {
        var result = result(7_900_000, 8_000_000)
        result.goal = .pdr
        let trials = [trial(8_000_000, guest: 0, wire: 100), trial(8_000_000, guest: 10_000)]
        #expect(GoalAttribution(result, trials: trials).losses?.lost == 20_000)
    }
}
