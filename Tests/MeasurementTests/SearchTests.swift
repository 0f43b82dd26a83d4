import Measurement
import Testing

@Suite struct SearchTests {
    private static func limits(
        _ minimum: Int = 10_000, _ maximum: Int = 10_000_000, receiveRateTrials: Int = 1, repetitions: Int = 2,
        timeLimit: Duration? = nil
    ) throws -> SearchLimits {
        try SearchLimits(
            minimumLoad: minimum, maximumLoad: maximum, receiveRateTrials: receiveRateTrials, repetitions: repetitions,
            timeLimit: timeLimit)
    }

    /// A trial of a device that forwards up to `capacity` packets per second.
    private static func trial(_ input: TrialInput, capacity: Int) -> Trial {
        let seconds = Int(input.duration / .milliseconds(1))
        let sent = input.load * seconds / 1000
        return Trial(
            input, verdict: .valid(TrialLoss(sent: sent, received: min(sent, capacity * seconds / 1000))),
            elapsed: input.duration + .milliseconds(500))
    }

    private static func run(
        _ limits: SearchLimits, capacity: Int, goals: [SearchGoal] = [.ndr, .pdr]
    ) throws -> (Search, SearchResult) {
        var search = try Search(goals, limits: limits)
        while case .trial(let planned) = search.step, search.trials.count < 500 {
            try search.record(trial(planned.input, capacity: capacity))
        }
        return (search, try #require(search.finished))
    }

    @Test func regularResultHasBothBoundsAndThroughput() throws {
        let (search, result) = try Self.run(Self.limits(), capacity: 8_000_000)
        for goal in result.goals {
            let (lower, upper) = (try #require(goal.lowerBound), try #require(goal.upperBound))
            #expect(goal.irregularity == nil)
            #expect(Double(upper - lower) <= 0.005 * Double(upper) + 1)
        }
        let ndr = result.goals[0]
        #expect(ndr.lowerBound ?? .max <= 8_000_000)
        #expect(ndr.upperBound ?? 0 > 8_000_000)
        #expect(ndr.conditionalThroughput == ndr.lowerBound.map(Double.init))
        #expect(result.maximumReceiveRate?.mean == 8_000_000)
        #expect(search.trials.count <= 40)
    }

    @Test func firstTrialsAreAtTheMaximumLoadAndTheRateThatReturned() throws {
        var search = try Search([.ndr, .pdr], limits: Self.limits(receiveRateTrials: 3))
        for _ in 0..<3 {
            guard case .trial(let planned) = search.step else { return }
            #expect(planned.input == TrialInput(load: 10_000_000, duration: .seconds(1)) && planned.goal == nil)
            #expect(planned.reason == "maximum load, for the maximum receive rate")
            try search.record(Self.trial(planned.input, capacity: 8_000_000))
        }
        guard case .trial(let planned) = search.step else {
            Issue.record("ended")
            return
        }
        #expect((7_960_000...8_000_000).contains(planned.input.load))
        #expect(planned.reason == "rate that returned at the maximum load")
        #expect(search.result().maximumReceiveRate?.rates == [8_000_000, 8_000_000, 8_000_000])
    }

    @Test func eachTrialHasAReasonWithItsGoal() throws {
        var device = SimulatedDevice(17)
        var search = try Search(device.goals(), limits: Self.limits())
        var methods: Set<String> = []
        while case .trial(let planned) = search.step, search.trials.count < 500 {
            if let goal = planned.goal { #expect(planned.reason.hasPrefix("\(goal): ")) }
            methods.insert(String(planned.reason.split(separator: " ").dropFirst().prefix(1).joined()))
            try search.record(device.measure(planned.input))
        }
        #expect(methods.isSuperset(of: ["between", "confirms"]))
    }

    @Test func deviceThatForwardsTheMaximumLoadIsIrregular() throws {
        let (_, result) = try Self.run(Self.limits(), capacity: 20_000_000)
        #expect(result.goals.allSatisfy { $0.irregularity == .maximumLoadIsLowerBound })
        #expect(result.goals.allSatisfy { $0.lowerBound == 10_000_000 && $0.upperBound == nil })
        #expect(result.goals[0].irregularity?.text == "the maximum load fulfills the goal")
    }

    @Test(arguments: [0, 5000]) func deviceThatForwardsLessThanTheMinimumLoadIsIrregular(_ capacity: Int) throws {
        let (_, result) = try Self.run(Self.limits(), capacity: capacity)
        #expect(result.goals.allSatisfy { $0.irregularity == .minimumLoadIsUpperBound })
        #expect(result.goals.allSatisfy { $0.lowerBound == nil && $0.conditionalThroughput == nil })
        #expect(result.goals[0].irregularity?.text == "the minimum load does not fulfill the goal")
    }

    @Test func timeLimitEndsTheSearchWithTheBoundsSoFar() throws {
        let (search, result) = try Self.run(Self.limits(timeLimit: .seconds(30)), capacity: 8_000_000)
        #expect(search.trials.count == 20)
        #expect(result.goals.contains { $0.irregularity == .timeLimit(.seconds(30)) })
        #expect(GoalResult.Irregularity.timeLimit(.seconds(30)).text == "the search reached its time limit of 30 s")
    }

    @Test func timeLimitAlsoEndsRepetitions() throws {
        var search = try Search([.ndr], limits: Self.limits(repetitions: 9, timeLimit: .milliseconds(1500)))
        while case .trial(let planned) = search.step, search.trials.count < 500 {
            try search.record(Trial(planned.input, verdict: .invalid([.notQuiet])))
        }
        #expect(search.trials.count == 2)
        #expect(search.finished?.goals[0].irregularity == .timeLimit(.milliseconds(1500)))
    }

    @Test func invalidTrialIsRepeatedUpToTheLimit() throws {
        var search = try Search([.ndr], limits: Self.limits(repetitions: 2))
        let input = TrialInput(load: 10_000_000, duration: .seconds(1))
        let reason = InvalidReason.loadNotReached(direction: "0 to 1", intended: 10, sent: 5)
        for number in 1...3 {
            guard case .trial(let planned) = search.step else {
                Issue.record("ended")
                return
            }
            #expect(planned.input == input)
            #expect(planned.reason.hasPrefix("repeated, because the last trial was invalid: 0 to 1") == (number > 1))
            try search.record(Trial(input, verdict: .invalid([reason])))
        }
        let result = try #require(search.finished)
        #expect(result.maximumReceiveRate == nil)
        #expect(result.goals[0].irregularity == .invalidTrials(input, reason.text))
        #expect(
            result.goals[0].irregularity?.text
                == "each trial at 10 Mpps for 1 s was invalid: 0 to 1: load not reached: expected 10 frames, sent 5")
    }

    @Test func validTrialStartsTheCountOfRepetitionsAgain() throws {
        var search = try Search([.ndr], limits: Self.limits(repetitions: 1))
        while case .trial(let planned) = search.step, search.trials.count < 500 {
            try search.record(Trial(planned.input, verdict: .invalid([])))
            guard case .trial(let again) = search.step else { break }
            try search.record(Self.trial(again.input, capacity: 3_000_000))
        }
        #expect(search.finished?.goals[0].irregularity == nil)
    }

    @Test func interruptedSearchHasResults() throws {
        var search = try Search([.ndr], limits: Self.limits())
        guard case .trial(let planned) = search.step else { return }
        #expect(search.result().goals[0].irregularity == .undecided)
        try search.record(Self.trial(planned.input, capacity: 3_000_000))
        #expect(search.result().maximumReceiveRate?.mean == 3_000_000)
        #expect(search.result().goals[0].irregularity?.text == "the trials do not decide about the load")
    }

    @Test func fullLengthTrialsOfOneGoalDecideTheOthers() throws {
        let (search, result) = try Self.run(Self.limits(), capacity: 8_000_000, goals: [.ndr, .rfc2544])
        #expect(result.goals.allSatisfy { $0.irregularity == nil })
        #expect(search.trials.count < 15)
    }

    @Test func receiveRateHasMeanAndDeviation() throws {
        var search = try Search([.ndr], limits: Self.limits(receiveRateTrials: 2))
        for capacity in [3_000_000, 5_000_000] {
            guard case .trial(let planned) = search.step else { return }
            try search.record(Self.trial(planned.input, capacity: capacity))
        }
        let rate = try #require(search.result().maximumReceiveRate)
        #expect(rate.mean == 4_000_000 && rate.standardDeviation == 1_000_000)
    }
}
