import Testing

@testable import Measurement

@Suite struct GoalTextTests {
    @Test("predefined goals are named")
    func presets() throws {
        for goal in SearchGoal.presets { #expect(try SearchGoal.parse(goal.name) == goal) }
    }

    @Test("an own goal has the attributes that are given")
    func own() throws {
        let goal = try SearchGoal.parse("mine:loss=0.001,exceed=0.25,width=0.01,initial=200ms,final=2,sum=10")
        #expect(goal.lossRatio == 0.001 && goal.exceedRatio == 0.25 && goal.width == 0.01)
        #expect(goal.initialTrialDuration == .milliseconds(200))
        #expect(goal.finalTrialDuration == .seconds(2) && goal.durationSum == .seconds(10))
        let short = try SearchGoal.parse("short:final=0.5")
        #expect(short.initialTrialDuration == .milliseconds(500) && short.durationSum == .milliseconds(10_500))
    }

    @Test(
        "an invalid goal names what is wrong",
        arguments: [
            ("nrd", "expected one of ndr, pdr"), ("ndr:loss=0", "predefined"), ("My:loss=0", "lower-case"),
            ("a:", "''"), ("a:loss", "'loss'"), ("a:loss=2", "loss ratio"), ("a:final=0", "'final=0'"),
            ("a:width=nan", "'width=nan'"), ("a:sum=1,final=2", "duration sum"), ("a:sum=99999999", "'sum=99999999'"),
        ])
    func invalid(_ text: String, _ reason: String) {
        let error = #expect(throws: SearchError.self) { try SearchGoal.parse(text) }
        #expect(error?.text.contains(reason) == true, "\(error?.text ?? "")")
    }
}
