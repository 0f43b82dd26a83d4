import Measurement
import Testing

@Suite struct SearchInputTests {
    private func goal(
        loss: Double = 0, exceed: Double = 0.5, width: Double = 0.005, _ initial: Int = 1, _ final: Int = 1,
        _ sum: Int = 21
    ) -> Result<SearchGoal, SearchError> {
        Result { () throws(SearchError) in
            try SearchGoal(
                name: "x", lossRatio: loss, exceedRatio: exceed, width: width, initialTrialDuration: .seconds(initial),
                finalTrialDuration: .seconds(final), durationSum: .seconds(sum))
        }
    }

    @Test func attributeOutOfRangeIsRefused() {
        func text(_ result: Result<SearchGoal, SearchError>) -> String {
            if case .failure(let error) = result { error.text } else { "valid" }
        }
        let loss = "goal 'x': the loss ratio must be at least 0 and below 1"
        #expect([goal(loss: -0.1), goal(loss: 1), goal(loss: .nan)].map(text) == [loss, loss, loss])
        let exceed = "goal 'x': the exceed ratio must be at least 0 and below 1"
        #expect([goal(exceed: -0.1), goal(exceed: 1)].map(text) == [exceed, exceed])
        let width = "goal 'x': the width must be at least 0.00001 and below 1"
        #expect([goal(width: 0), goal(width: 1)].map(text) == [width, width])
        #expect(text(goal(0)) == "goal 'x': the initial trial duration must be at least 1 ms")
        #expect(text(goal(2, 1)) == "goal 'x': the final trial duration must not be below the initial one")
        #expect(text(goal(1, 60)) == "goal 'x': the duration sum must not be below the final trial duration")
        #expect(text(goal()) == "valid")
    }

    @Test func presetsAreThoseOfTheirStandards() {
        #expect(SearchGoal.presets.map(\.name) == ["ndr", "pdr", "rfc2544", "tst009"])
        #expect(SearchGoal.presets.map(\.lossRatio) == [0, 0.005, 0, 0])
        #expect(SearchGoal.presets.map(\.exceedRatio) == [0.5, 0.5, 0, 0.5])
        #expect(SearchGoal.presets.map(\.finalTrialDuration) == [1, 1, 60, 60].map { .seconds($0) })
        #expect(SearchGoal.presets.map(\.durationSum) == [21, 21, 60, 120].map { .seconds($0) })
        #expect(SearchGoal.presets.allSatisfy { $0.width == 0.005 })
    }

    @Test func limitOutOfRangeIsRefused() {
        func text(_ minimum: Int, _ maximum: Int, _ trials: Int = 1, _ repetitions: Int = 0) -> String {
            do throws(SearchError) {
                _ = try SearchLimits(
                    minimumLoad: minimum, maximumLoad: maximum, receiveRateTrials: trials, repetitions: repetitions)
                return "valid"
            } catch { return error.text }
        }
        #expect(text(0, 10) == "limits: the minimum load must be above 0 pps")
        #expect(text(10, 10) == "limits: the maximum load must be above the minimum load")
        #expect(text(10, 1 << 50) == "limits: the maximum load is too high")
        #expect(text(10, 20, 0) == "limits: the receive rate takes at least 1 trial")
        #expect(text(10, 20, 1, -1) == "limits: repetitions must not be negative")
        #expect(text(10, 20) == "valid")
    }

    @Test func goalsAreRequiredAndHaveDifferentNames() throws {
        let limits = try SearchLimits(minimumLoad: 9001, maximumLoad: 1_000_000)
        #expect(throws: SearchError.noGoals) { try Search([], limits: limits) }
        #expect(throws: SearchError.duplicateGoal("ndr")) { try Search([.ndr, .pdr, .ndr], limits: limits) }
        #expect(SearchError.noGoals.text == "no search goal")
        #expect(SearchError.duplicateGoal("ndr").text == "goal 'ndr': already exists")
    }

    /// Loads are whole packets per second: with 0.5 % of 100 pps two loads would be the same.
    @Test func minimumLoadIsRefusedIfLoadsWouldBeEqual() throws {
        let low = try SearchLimits(minimumLoad: 100, maximumLoad: 1_000_000)
        do throws(SearchError) {
            _ = try Search([.ndr], limits: low)
            Issue.record("accepted")
        } catch {
            guard case .minimumLoadTooLow(100, let least) = error else {
                Issue.record("\(error)")
                return
            }
            #expect((390...420).contains(least))
            #expect(error.text == "minimum load: expected at least \(least) pps for this goal width, got 100 pps")
            let enough = try SearchLimits(minimumLoad: least + 2, maximumLoad: 1_000_000)
            _ = try Search([.ndr], limits: enough)
        }
    }

    @Test func searchBetweenLimitsLessThanOneWidthApartEnds() throws {
        let limits = try SearchLimits(minimumLoad: 100_000, maximumLoad: 100_200)
        for capacity in [99_000, 100_100, 200_000] {
            var search = try Search([.ndr, .rfc2544], limits: limits)
            while case .trial(let planned) = search.step, search.trials.count < 500 {
                #expect((100_000...100_200).contains(planned.input.load))
                let sent = planned.input.load
                try search.record(
                    Trial(planned.input, verdict: .valid(TrialLoss(sent: sent, received: min(sent, capacity)))))
            }
            let result = try #require(search.finished).goals[0]
            #expect((result.lowerBound ?? 0) <= capacity && (result.upperBound ?? .max) > capacity)
        }
    }

    @Test(arguments: [
        (0, "0 pps"), (999, "999 pps"), (1000, "1 kpps"), (9001, "9.001 kpps"), (14_880_952, "14.88 Mpps"),
        (7_941_999, "7.941 Mpps"), (148_809_523, "148.8 Mpps"), (1_000_000, "1 Mpps"), (1_000_999, "1 Mpps"),
        (100_050_000, "100 Mpps"), (2_500_000_000, "2500 Mpps"), (7_050_000, "7.05 Mpps"),
    ])
    func rateHasFourDigits(_ value: Int, _ text: String) {
        #expect(PacketRate(value).text == text)
    }

    @Test func unexpectedTrialIsNamedWithBothInputs() {
        let (first, second) = (TrialInput(load: 9001, duration: .seconds(1)), TrialInput(load: 10, duration: .zero))
        #expect(
            SearchError.unexpectedTrial(3, expected: first, found: second).text
                == "trial 3: expected 9.001 kpps for 1 s, got 10 pps for 0 s")
        #expect(
            SearchError.unexpectedTrial(4, expected: nil, found: first).text
                == "trial 4: expected the end of the search, got 9.001 kpps for 1 s")
    }
}
