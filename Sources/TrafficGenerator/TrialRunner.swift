package import Diagnostics
import Linux
package import Measurement

/// Runs trials on a generator, with the counters of the chain before and after each.
package struct TrialRunner {
    private let generator: any LoadGenerator
    private let limits: VerdictLimits
    /// Reads the counters of the chain; called before and after each trial, never while it runs.
    private let chain: () throws(Problem) -> ChainSnapshot
    /// Number of the last trial.
    private var number: UInt16 = 0

    /// Without a chain, where the frames are lost is unknown.
    package init(
        _ generator: any LoadGenerator, limits: VerdictLimits = VerdictLimits(),
        chain: @escaping () throws(Problem) -> ChainSnapshot = { () throws(Problem) in ChainSnapshot() }
    ) {
        self.generator = generator
        self.limits = limits
        self.chain = chain
    }

    /// Runs a trial with the frames of `profile`, and judges it. Throws what ``LoadGenerator`` and
    /// the chain throw.
    package mutating func run(_ planned: PlannedTrial, _ profile: TrafficTrial) throws(Problem) -> CompletedTrial {
        var traffic = profile
        // Another number than that of the trials before, whose frames may still be on their way.
        number &+= 1
        traffic.id = number
        traffic.rate = planned.input.load
        traffic.duration = planned.input.duration
        let start = MonotonicClock.sinceEpoch
        let begin = MonotonicClock.now
        let before = try chain()
        let result = try generator.run(traffic)
        let observation = result.observation(of: planned.input, before: before, after: try chain())
        let trial = Trial(
            planned.input, verdict: Verdict(observation, limits: limits), attribution: observation.attribution,
            elapsed: .milliseconds(MonotonicClock.now - begin))
        return CompletedTrial(
            start: Double(start) / 1000, planned: planned, trial: trial, observation: observation, result: result)
    }

    /// Runs trials until the search is done; `completed` is called with each trial and the search
    /// that has it, and throws to end the search. Throws what ``run(_:_:)`` throws; the trials so
    /// far are in the search.
    package mutating func run(
        _ search: inout Search, _ profile: TrafficTrial, completed: (CompletedTrial, Search) throws(Problem) -> Void
    ) throws(Problem) {
        while case .trial(let planned) = search.step {
            let done = try run(planned, profile)
            do throws(SearchError) {
                try search.record(done.trial)
            } catch {
                throw Problem(.trafficRefused, "search: \(error.text)", remedy: "report this error")
            }
            try completed(done, search)
        }
    }
}
