/// Whether a trial may be used.
package enum Verdict: Hashable, Sendable {
    /// The trial measured the device under test.
    case valid(TrialLoss)
    /// It measured something else as well; the search repeats the trial and never uses it.
    case invalid([InvalidReason])

    /// Judges a trial from its counters: each reason that applies, in a fixed order. Faults of the
    /// generator and changes of the chain come first, because all else may follow from them.
    package init(_ observation: TrialObservation, limits: VerdictLimits = VerdictLimits()) {
        let reasons =
            observation.faults.map(InvalidReason.generator) + observation.changes
            + limits.trafficReasons(observation) + limits.healthReasons(observation)
            + limits.balanceReasons(observation)
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
