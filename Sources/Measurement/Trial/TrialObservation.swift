/// What was observed in a trial. Counters are read twice, before the traffic starts and when no
/// frame arrives any more after its end, and never while it runs: reading is a load on the device.
package struct TrialObservation: Hashable, Sendable {
    /// What was intended.
    package var input: TrialInput
    /// The time in which the generator sent.
    package var sendingTime: Duration
    /// Whether no frame arrived any more before the counters were read.
    package var isQuiet: Bool
    /// The longest time between two polls of the generator.
    package var longestPollGap: Duration
    /// How precisely the sending time is known: the number of sent frames may differ by as many.
    package var timePrecision = Duration.zero
    /// How much longer than intended the generator may send, because it is stopped from outside.
    package var excessTime = Duration.zero
    /// Faults of the generator that no counter of a direction shows.
    package var faults: [String] = []
    /// The generator's counters, one for each direction.
    package var directions: [DirectionCounts]
    /// The chain before the traffic.
    package var before: ChainSnapshot
    /// The chain after the traffic.
    package var after: ChainSnapshot

    package init(
        input: TrialInput, sendingTime: Duration, isQuiet: Bool, longestPollGap: Duration,
        directions: [DirectionCounts], before: ChainSnapshot, after: ChainSnapshot
    ) {
        self.input = input
        self.sendingTime = sendingTime
        self.isQuiet = isQuiet
        self.longestPollGap = longestPollGap
        self.directions = directions
        self.before = before
        self.after = after
    }

    /// What is another one than before: links, processes, the host.
    var changes: [InvalidReason] {
        Self.names(before.processes, after.processes).map { .restarted($0) }
            + Self.names(before.host, after.host).map {
                .hostChanged($0, from: before.host[$0] ?? "", to: after.host[$0] ?? "")
            }
            // A guest that is paused or restarted takes its links down.
            + Self.names(before.links, after.links).map { .linkChanged($0) }
    }

    /// The keys, sorted, whose values differ or exist on one side only.
    private static func names<Value: Equatable>(_ before: [String: Value], _ after: [String: Value]) -> [String] {
        Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }
}
