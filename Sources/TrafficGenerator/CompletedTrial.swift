package import Measurement

/// A trial with all that was observed in it.
package struct CompletedTrial: Hashable, Sendable {
    /// When the trial began, in seconds since 1970, to a millisecond.
    package var start: Double
    /// Why the trial was chosen.
    package var planned: PlannedTrial
    /// The trial as the search has it.
    package var trial: Trial
    /// What the generator and the chain counted.
    package var observation: TrialObservation
    /// What the generator counted; it has latencies if they were asked for.
    package var result: TrafficResult
}
