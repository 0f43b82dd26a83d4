import Diagnostics
import Measurement
import MeasurementResults
import TrafficGenerator

extension MeasurementRun {
    /// Trials at most until two agree; CSIT ignores the first (FD.io CSIT, "MLRsearch").
    private static let warmupTrials = 8
    /// How far the received frames of two trials may be apart.
    private static let agreement = 0.05
    /// The highest load where links have no speed: 64-byte frames on a link of 10 Gbps.
    private static let fallbackSpeed = 10_000

    /// Warms the chain up with trials at the highest load, and returns the limits of a search: the
    /// generator may reach less than what is asked for.
    func limits(_ size: FrameSize) throws(Problem) -> SearchLimits {
        observer.step("warm-up, \(size.text) bytes")
        var load = request.maximumLoad ?? size.maximumRate(linkSpeed: result.chain.linkSpeed ?? Self.fallbackSpeed)
        var last: Double?
        for _ in 0..<Self.warmupTrials {
            let input = TrialInput(load: load, duration: .seconds(1))
            let done = try runner.run(PlannedTrial(input: input, goal: nil, reason: "warm-up"), profile(size))
            let directions = done.observation.directions
            guard !done.isShort else {
                // What was sent, less a margin: the search must not depend on the last frame.
                load = max(2, (directions.map { $0.sent }.min() ?? 0) * 19 / 20)
                last = nil
                continue
            }
            let received = Double(directions.reduce(0) { $0 + $1.received })
            if let last, abs(received - last) <= Self.agreement * max(received, last) { break }
            last = received
        }
        do throws(SearchError) {
            return try SearchLimits(
                minimumLoad: max(1, min(Self.minimumLoad, load / 100)), maximumLoad: load, repetitions: 3,
                timeLimit: request.timeLimit)
        } catch {
            throw Problem(
                .generatorFailed, "the generator sends no load that can be searched: \(error.text)",
                remedy: "give it CPUs of its own, or set a higher MaximumRate=")
        }
    }

    /// FD.io CSIT's least load is about 9000 packets per second.
    private static let minimumLoad = 9000
}

extension CompletedTrial {
    /// Whether the generator sent less than intended.
    var isShort: Bool {
        guard case .invalid(let reasons) = trial.verdict else { return false }
        return reasons.contains { if case .loadNotReached = $0 { true } else { false } }
    }
}
