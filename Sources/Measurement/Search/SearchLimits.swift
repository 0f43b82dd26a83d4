/// The limits of a search (RFC 9971, "Controller Input"), and how often trials are repeated.
package struct SearchLimits: Hashable, Sendable {
    /// Min Load in packets per second for each interface.
    package let minimumLoad: Int
    /// Max Load in packets per second for each interface.
    package let maximumLoad: Int
    /// Trials at the maximum load for the maximum receive rate. FD.io CSIT has 10 for its MRR
    /// tests.
    package let receiveRateTrials: Int
    /// How often in succession an invalid trial is repeated before the search ends.
    package let repetitions: Int
    /// No trial is planned after this time, the sum over all trials; `nil` for no limit.
    package let timeLimit: Duration?

    /// Creates limits.
    /// - Throws: `SearchError.invalidLimits` if a value is out of its range.
    package init(
        minimumLoad: Int, maximumLoad: Int, receiveRateTrials: Int = 1, repetitions: Int = 2,
        timeLimit: Duration? = .seconds(3600)
    ) throws(SearchError) {
        guard minimumLoad > 0 else { throw .invalidLimits("the minimum load must be above 0 pps") }
        guard maximumLoad > minimumLoad else {
            throw .invalidLimits("the maximum load must be above the minimum load")
        }
        // A double has 53 bits: up to here each load is exact.
        guard maximumLoad < 1 << 50 else { throw .invalidLimits("the maximum load is too high") }
        guard receiveRateTrials > 0 else { throw .invalidLimits("the receive rate takes at least 1 trial") }
        guard repetitions >= 0 else { throw .invalidLimits("repetitions must not be negative") }
        self.minimumLoad = minimumLoad
        self.maximumLoad = maximumLoad
        self.receiveRateTrials = receiveRateTrials
        self.repetitions = repetitions
        self.timeLimit = timeLimit
    }
}
