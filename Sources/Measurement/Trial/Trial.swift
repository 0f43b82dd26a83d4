/// A trial that was done. The list of all trials is the whole state of a search.
package struct Trial: Hashable, Sendable {
    /// What was intended.
    package var input: TrialInput
    /// Trial Effective Duration (RFC 9971): the time that counts for the duration sum. Waiting
    /// times are not part of it, because a load would then be decided by less traffic.
    package var effectiveDuration: Duration
    /// Time from the start of the trial until its counters were read.
    package var elapsed: Duration
    /// The loss, or why there is none.
    package var verdict: Verdict
    /// Where the frames were lost; `nil` if the counters of the stages are unknown.
    package var attribution: LossAttribution?

    /// Creates a trial; its effective duration is the intended one unless stated otherwise.
    package init(
        _ input: TrialInput, verdict: Verdict, attribution: LossAttribution? = nil,
        effectiveDuration: Duration? = nil, elapsed: Duration? = nil
    ) {
        self.input = input
        self.verdict = verdict
        self.attribution = attribution
        self.effectiveDuration = effectiveDuration ?? input.duration
        self.elapsed = elapsed ?? self.effectiveDuration
    }
}
