/// A valid trial as the search uses it.
struct RecordedTrial: Hashable, Sendable {
    /// Intended duration.
    var seconds: Double
    /// Effective duration in seconds.
    var effective: Double
    var lossRatio: Double
}
