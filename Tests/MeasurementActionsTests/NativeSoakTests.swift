import Diagnostics
import Measurement
import MeasurementResults
import TestSupport
import Testing
import TrafficGenerator

@testable import MeasurementActions

/// Measurements with pvp-traffic, testpmd and a reflector whose faults are known. They need both
/// CPUs for themselves; `make soak`.
@Suite(.serialized) struct NativeSoakTests {
    private struct Observer: MeasurementObserver {
        func step(_ text: String) {}
        func trial(_ trial: CompletedTrial, remaining: Duration?) {}
        func changed(_ result: MeasurementResult) {}
    }

    /// Frames that the limit lets pass at once, and the seconds of a trial.
    private static let bucket = 64.0
    private static let duration = 0.5

    private static func goal() throws -> SearchGoal {
        try SearchGoal(
            name: "limit", lossRatio: 0.01, width: 0.05, initialTrialDuration: .seconds(duration),
            finalTrialDuration: .seconds(duration), durationSum: .seconds(3 * duration))
    }

    /// Expects bounds of the goal around the limit.
    private static func expect(_ limit: Int, of search: Search) throws {
        let goal = try goal()
        let result = search.result().goals[0]
        let lower = try #require(result.lowerBound)
        let upper = try #require(result.upperBound)
        print("limit \(limit): \(lower) to \(upper) in \(search.trials.count) trials")
        let found = (Double(limit) + bucket / duration) / (1 - goal.lossRatio)
        #expect(Double(lower) <= found * (1 + goal.width) && found <= Double(upper) * (1 + goal.width))
        #expect(Double(upper - lower) <= goal.width * Double(upper) * 1.01)
    }

    @Test(
        "the limit of a reflector is found within the goal's width",
        arguments: [2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 500_000])
    func limit(_ limit: Int) throws {
        let tree = try Tree()
        let socket = "\(tree.path)/vhost.sock"
        let generator = try TrafficProgram(in: tree, "generator", devices: ["net_vhost0,iface=\(socket)"], cpus: "0")
        let reflector = try TrafficProgram(
            in: tree, "reflector", devices: ["net_virtio_user0,path=\(socket)"], isReflector: true, cpus: "1")
        var faults = TrafficFaults()
        faults.limit = limit
        try reflector.connect().reflect(faults)
        let limits = try SearchLimits(minimumLoad: 500, maximumLoad: 4 * limit)
        var search = try Search([Self.goal()], limits: limits)
        var runner = TrialRunner(try generator.connect())
        var profile = TrafficTrial(id: 0, rate: 0, duration: .zero)
        profile.maximumLag = .milliseconds(10)
        try runner.run(&search, profile) { _, _ in }
        try Self.expect(limit, of: search)
    }

    // Five threads poll on two CPUs, so loads are low and frames late.
    private static func run(_ chain: NativeChain) throws -> MeasurementRun {
        var request = MeasurementRequest()
        request.goals = [try goal()]
        request.maximumLoad = 8000
        request.maximumLag = .milliseconds(50)
        var limits = VerdictLimits()
        limits.receiveDescriptors = 0
        return MeasurementRun(
            request, of: SimulatedSetup.empty, on: chain.generator, chain: chain, limits: limits, observer: Observer())
    }

    @Test("the limit of a guest is found through testpmd, and the guest is named")
    func guest() throws {
        let chain = try NativeChain(Tree())
        var faults = TrafficFaults()
        faults.limit = 2000
        try chain.reflector.reflect(faults)
        let run = try Self.run(chain)
        let checks = try run.check()
        #expect(
            checks.map(\.passed) == [
                ["port 0", "nic0", "vm1", "nic1", "port 1"], ["port 1", "nic1", "vm1", "nic0", "port 0"],
            ])
        try run.measure()
        let record = try #require(run.result.searches.first)
        let trials = record.trials.map(\.trial)
        let search = try Search(record.goals, limits: record.limits, trials: trials)
        try Self.expect(2000, of: search)
        #expect(GoalAttribution(search.result().goals[0], trials: trials).text.contains("guest vm1 loses"))
    }

    /// A trial of 1 s at 1000 packets per second in each direction.
    private static func trial(_ chain: NativeChain, _ change: (inout TrafficFaults) -> Void) throws -> CompletedTrial {
        var faults = TrafficFaults()
        change(&faults)
        try chain.reflector.reflect(faults)
        var runner = try run(chain).runner
        var profile = TrafficTrial(id: 0, rate: 0, duration: .zero)
        profile.maximumLag = .milliseconds(50)
        let input = TrialInput(load: 1000, duration: .seconds(1))
        return try runner.run(PlannedTrial(input: input, goal: nil, reason: "fault"), profile)
    }

    @Test("what a guest does wrong is booked as what it is, in the stage where it happens")
    func faults() throws {
        let chain = try NativeChain(Tree())
        func losses(_ change: (inout TrafficFaults) -> Void) throws -> [LossLocation: Int] {
            let losses = try #require(try Self.trial(chain, change).trial.attribution)
            #expect(losses.unexplained == 0)
            return Dictionary(
                uniqueKeysWithValues: losses.stages.filter { $0.frames > 0 }.map { ($0.location, $0.frames) })
        }
        #expect(try losses { _ in } == [:])
        #expect(try losses { $0.drop = 10 } == [.guest("vm1"): 200])
        #expect(try losses { $0.blocked = [0] } == [.guest("vm1"): 1000])
        // Its ring of 256 frames is full before the stall ends, and testpmd has no place for more.
        let stalled = try losses {
            $0.stall = .milliseconds(600)
            $0.stallInterval = .seconds(10)
        }
        #expect(
            Set(stalled.keys) == [.testpmd("testpmd", toward: .guest("vm1"))] && stalled.values.allSatisfy { $0 > 100 })

        func reasons(_ change: (inout TrafficFaults) -> Void) throws -> [InvalidReason] {
            guard case .invalid(let reasons) = try Self.trial(chain, change).trial.verdict else { return [] }
            return reasons
        }
        let duplicated = try reasons { $0.duplicate = 10 }
        #expect(
            duplicated.contains { if case .duplicatedFrames(_, 100, _) = $0 { true } else { false } }, "\(duplicated)")
        let reordered = try reasons { $0.reorder = 10 }
        #expect(reordered.contains { if case .reorderedFrames = $0 { true } else { false } }, "\(reordered)")
    }
}
