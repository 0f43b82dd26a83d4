/// Whether a trial may be used.
package enum Verdict: Hashable, Sendable {
    /// The trial measured the device under test.
    case valid(TrialLoss)
    /// It measured something else as well; the search repeats the trial and never uses it.
    case invalid([InvalidReason])

    /// Judges a trial from its counters: each reason that applies, in a fixed order. Faults of the
    /// generator come first, because a load that is not reached follows from them.
    package init(_ observation: TrialObservation, limits: VerdictLimits = VerdictLimits()) {
        let reasons =
            observation.faults.map(InvalidReason.generator) + limits.trafficReasons(observation)
            + limits.healthReasons(observation) + limits.balanceReasons(observation) + observation.changes
        guard reasons.isEmpty else {
            self = .invalid(reasons)
            return
        }
        let directions = observation.directions
        self = .valid(
            TrialLoss(
                sent: directions.reduce(0) { $0 + $1.sent }, received: directions.reduce(0) { $0 + $1.received }))
    }
}
