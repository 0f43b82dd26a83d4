import Measurement
import Testing
import TrafficGenerator

@testable import MeasurementActions

@Suite struct TrialTextTests {
    private static func completed(_ setup: SimulatedSetup, load: Int) throws -> CompletedTrial {
        let input = TrialInput(load: load, duration: .seconds(1))
        var runner = TrialRunner(setup) { setup.snapshot() }
        let planned = PlannedTrial(input: input, goal: "ndr", reason: "halves the gap")
        return try runner.run(planned, TrafficTrial(id: 0, rate: 0, duration: .zero))
    }

    @Test("a trial in one line has load, loss, stage and reason")
    func line() throws {
        let setup = SimulatedSetup()
        let lossy = try Self.completed(setup, load: 2_000_000)
        #expect(
            lossy.text(remaining: .seconds(34))
                == "2 Mpps, lost 2000000 of 4000000, most in guest vm1 (halves the gap, about 34 s left)")
        #expect(try Self.completed(setup, load: 1000).text(remaining: nil) == "1 kpps, no loss (halves the gap)")
    }

    @Test("an invalid trial has its reason, in the line and in the fields of the journal")
    func invalid() throws {
        let setup = SimulatedSetup()
        setup.faults[1] = .restart
        let trial = try Self.completed(setup, load: 1000)
        #expect(trial.text(remaining: nil) == "1 kpps, invalid: testpmd: restarted (halves the gap)")
        let fields = Dictionary(uniqueKeysWithValues: trial.journalFields)
        #expect(fields["PVP_VERDICT"] == "invalid" && fields["PVP_INVALID"] == "testpmd: restarted")
        #expect(fields["PVP_LOAD_PPS"] == "1000" && fields["PVP_DURATION_MS"] == "1000" && fields["PVP_GOAL"] == "ndr")
        let valid = Dictionary(uniqueKeysWithValues: try Self.completed(setup, load: 1000).journalFields)
        #expect(valid["PVP_SENT"] == "2000" && valid["PVP_RECEIVED"] == "2000" && valid["PVP_VERDICT"] == "valid")
    }
}
