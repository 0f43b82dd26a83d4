package import Diagnostics
package import Measurement

/// A search whose trials pvp-traffic runs.
package struct GeneratorSearch {
    private let generator: any LoadGenerator
    /// What a trial sends, apart from its load, duration and number.
    private let profile: TrafficTrial
    private let limits: VerdictLimits
    /// Reads the counters of the chain; called before and after each trial, never while it runs.
    private let chain: () throws(Problem) -> ChainSnapshot

    /// Without a chain, where the frames are lost is unknown.
    package init(
        _ generator: any LoadGenerator, profile: TrafficTrial, limits: VerdictLimits = VerdictLimits(),
        chain: @escaping () throws(Problem) -> ChainSnapshot = { () throws(Problem) in ChainSnapshot() }
    ) {
        self.generator = generator
        self.profile = profile
        self.limits = limits
        self.chain = chain
    }

    /// Runs trials until the search is done, or `isStopped` is true between two of them; `report`
    /// is called with each trial and the reason why it was planned. Throws what
    /// ``GeneratorConnection`` and the chain throw; the trials so far are in the search.
    package func run(
        _ search: inout Search, isStopped: () -> Bool = { false }, report: (Trial, PlannedTrial) -> Void = { _, _ in }
    ) throws(Problem) {
        while case .trial(let planned) = search.step, !isStopped() {
            let trial = try run(planned.input, number: search.trials.count)
            report(trial, planned)
            do throws(SearchError) {
                try search.record(trial)
            } catch {
                throw Problem(.trafficRefused, "search: \(error.text)", remedy: "report this error")
            }
        }
    }

    /// One trial with its verdict.
    private func run(_ input: TrialInput, number: Int) throws(Problem) -> Trial {
        var traffic = profile
        // Another number than that of the trials before, whose frames may still be on their way.
        traffic.id = UInt16(truncatingIfNeeded: number + 1)
        traffic.rate = input.load
        traffic.duration = input.duration
        let before = try chain()
        let result = try generator.run(traffic)
        let observation = result.observation(of: input, before: before, after: try chain())
        return Trial(input, verdict: Verdict(observation, limits: limits))
    }
}
