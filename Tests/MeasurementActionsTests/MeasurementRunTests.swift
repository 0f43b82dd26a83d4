import Diagnostics
import Linux
import Measurement
import MeasurementResults
import TestSupport
import Testing

@testable import MeasurementActions

@Suite struct MeasurementRunTests {
    /// The bounds of each goal of a search.
    private static func bounds(_ record: SearchRecord) throws -> [(lower: Int?, upper: Int?)] {
        let search = try Search(record.goals, limits: record.limits, trials: record.trials.map(\.trial))
        return search.result().goals.map { ($0.lowerBound, $0.upperBound) }
    }

    @Test("each goal finds the limit of the chain within its width", arguments: [20_000, 777_777, 4_000_000])
    func limit(_ limit: Int) throws {
        let setup = SimulatedSetup()
        setup.limit = limit
        let run = setup.run(MeasurementRequest())
        #expect(try run.check().allSatisfy { $0.obstacle == nil })
        try run.measure()
        let record = try #require(run.result.searches.first)
        let bounds = try Self.bounds(record)
        for (goal, bound) in zip(record.goals, bounds) {
            let lower = try #require(bound.lower)
            let upper = try #require(bound.upper)
            let found = Double(limit) / (1 - goal.lossRatio)
            #expect(Double(lower) <= found && found <= Double(upper) * 1.001, "\(goal.name) \(lower) \(upper)")
            #expect(Double(upper - lower) <= goal.width * Double(upper) * 1.01)
        }
        let attribution = GoalAttribution(
            try Search(record.goals, limits: record.limits, trials: record.trials.map(\.trial)).result().goals[0],
            trials: record.trials.map(\.trial))
        #expect(attribution.text.contains("guest vm1 loses (100 %"), "\(attribution.text)")
        // The result is written after each trial, and when the search begins.
        #expect(setup.results == record.trials.count + 1)
    }

    @Test("the search does not go beyond what the generator reaches")
    func reach() throws {
        let setup = SimulatedSetup()
        setup.reach = 500_000
        setup.limit = 2_000_000
        let run = setup.run(MeasurementRequest())
        _ = try run.check()
        try run.measure()
        let record = run.result.searches[0]
        #expect((450_000...500_000).contains(record.limits.maximumLoad))
        #expect(record.trials.allSatisfy { if case .valid = $0.trial.verdict { true } else { false } })
    }

    @Test("the search does not go where each trial is invalid")
    func reordering() throws {
        let setup = SimulatedSetup()
        setup.limit = 500_000
        setup.orderlyUpTo = 600_000
        let run = setup.run(MeasurementRequest())
        _ = try run.check()
        try run.measure()
        let record = run.result.searches[0]
        #expect((500_000...600_000).contains(record.limits.maximumLoad))
        #expect(setup.steps.contains { $0.contains("reordered frames") })
        let lower = try #require(try Self.bounds(record)[0].lower)
        #expect((490_000...500_000).contains(lower))
    }

    @Test("the load stays when a trial of the warm-up is disturbed now and then")
    func disturbedWarmup() throws {
        let setup = SimulatedSetup()
        setup.limit = 500_000
        // The first and the third trial of the warm-up, after two of the path check.
        for number in [3, 5] { setup.faults[number] = .disorder }
        var request = MeasurementRequest()
        request.maximumLoad = 1_000_000
        let run = setup.run(request)
        _ = try run.check()
        try run.measure()
        #expect(run.result.searches[0].limits.maximumLoad == 1_000_000)
    }

    @Test("a search of low loads begins where loads are two packets apart", arguments: [600, 5000])
    func lowLoads(_ maximum: Int) throws {
        let setup = SimulatedSetup()
        var request = MeasurementRequest()
        request.maximumLoad = maximum
        let run = setup.run(request)
        _ = try run.check()
        try run.measure()
        let limits = run.result.searches[0].limits
        #expect(limits.maximumLoad == maximum && (1..<maximum).contains(limits.minimumLoad))
        #expect(throws: Never.self) { try Search(request.goals, limits: limits) }
    }

    @Test("a load that is too low for the width of a goal is an error")
    func tooLowLoad() throws {
        let setup = SimulatedSetup()
        var request = MeasurementRequest()
        request.maximumLoad = 40
        let run = setup.run(request)
        _ = try run.check()
        let problem = #expect(throws: Problem.self) { try run.measure() }
        #expect(problem?.code == .generatorFailed)
    }

    @Test(
        "a trial with a fault is invalid with its reason, and the search ends as without it",
        arguments: [
            (SimulatedSetup.Fault.restart, "testpmd: restarted"),
            (.pause, "state of guest vm1: expected 'running', got 'paused'"),
            (.unplug, "nic0: link state changed"), (.short, "load not reached"), (.foreign, "frames of others"),
        ] as [(SimulatedSetup.Fault, String)])
    func faults(_ fault: SimulatedSetup.Fault, _ reason: String) throws {
        let sound = SimulatedSetup()
        let expected = sound.run(MeasurementRequest())
        _ = try expected.check()
        try expected.measure()

        let setup = SimulatedSetup()
        // After two trials of the path check and two of the warm-up.
        for number in [7, 12] { setup.faults[number] = fault }
        let run = setup.run(MeasurementRequest())
        _ = try run.check()
        try run.measure()
        let trials = run.result.searches[0].trials.map(\.trial)
        let invalid = trials.compactMap { trial -> [InvalidReason]? in
            if case .invalid(let reasons) = trial.verdict { reasons } else { nil }
        }
        #expect(invalid.count == 2)
        #expect(invalid.allSatisfy { $0.contains { $0.text.contains(reason) } }, "\(invalid)")
        let found = try Self.bounds(run.result.searches[0]).map(\.lower)
        #expect(try found == Self.bounds(expected.result.searches[0]).map(\.lower))
    }

    @Test("an interrupted measurement is resumed with the trials so far")
    func resume() throws {
        let setup = SimulatedSetup()
        setup.interruptedAt = 15
        let run = setup.run(MeasurementRequest())
        _ = try run.check()
        let problem = #expect(throws: Problem.self) { try run.measure() }
        #expect(problem?.code == .interrupted)
        let done = run.result.searches[0].trials.count
        #expect(done > 5)
        setup.interruptedAt = .max
        let again = setup.run(MeasurementRequest(), run.result)
        _ = try again.check()
        try again.measure()
        #expect(again.result.searches.count == 1)
        #expect(again.result.searches[0].trials.prefix(done).map(\.trial) == run.result.searches[0].trials.map(\.trial))
        #expect(again.result.searches[0].trials.count > done)
    }

    @Test("a disk that is full during a soak ends it; the trials so far are kept", .enabled(if: CurrentProcess.isRoot))
    func fullDisk() throws {
        let tree = try Tree()
        let directory = tree.path + "/results"
        try tree.directory("/results")
        #expect(try Command(["mount", "-t", "tmpfs", "-o", "size=4m", "none", directory]).run().status == 0)
        defer { _ = try? Command(["umount", directory]).run() }
        let setup = SimulatedSetup()
        let store = ResultStore("testpmd-1", in: directory)
        setup.store = store
        let fill = Command(["dd", "if=/dev/zero", "of=\(directory)/other", "bs=4k"])
        setup.duringSoak = { #expect(throws: Never.self) { try #expect(fill.run().status == 1) } }
        var request = MeasurementRequest()
        request.soak = .seconds(1)
        let run = setup.run(request)
        _ = try run.check()
        let problem = #expect(throws: Problem.self) { try run.measure() }
        #expect(problem?.code == .resultNotWritten)
        #expect(problem?.message.contains("No space left on device") == true, "\(problem?.message ?? "")")
        let kept = try ResultStore.read(store.document)
        #expect(kept.searches == run.result.searches && kept.soaks.count == 1)
    }

    @Test("crossed cables give the directions the paths that they have")
    func crossed() throws {
        let setup = SimulatedSetup()
        setup.isCrossed = true
        let run = setup.run(MeasurementRequest())
        let checks = try run.check()
        #expect(checks.map(\.path) == [1, 0])
        try run.measure()
        // With the paths the other way round, the balance of one direction would not close.
        let valid = run.result.searches[0].trials.filter { if case .valid = $0.trial.verdict { true } else { false } }
        #expect(valid.count == run.result.searches[0].trials.count)
    }

    @Test("latencies, soak and repetitions follow the search")
    func more() throws {
        let setup = SimulatedSetup()
        var request = MeasurementRequest()
        request.repetitions = 3
        request.sizes = [.bytes(64), .imix]
        request.hasLatency = true
        let run = setup.run(request)
        _ = try run.check()
        try run.measure()
        #expect(run.result.searches.map(\.repetition) == [1, 2, 3, 1, 2, 3])
        #expect(run.result.latencies.map(\.percent) == [0, 10, 50, 90, 0, 10, 50, 90])
        let loads = run.result.latencies.prefix(4).map(\.load)
        #expect(loads == loads.sorted() && loads[3] < setup.limit)
        #expect(run.result.latencies.allSatisfy { $0.faults.isEmpty && $0.sent == $0.received })
    }
}
