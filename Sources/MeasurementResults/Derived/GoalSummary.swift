package import Measurement

/// The result of a search for one goal, with what follows from it.
package struct GoalSummary: Hashable, Sendable {
    package let result: GoalResult
    package let attribution: GoalAttribution
    /// Relevant Lower Bound, Relevant Upper Bound and Conditional Throughput (RFC 9971).
    package let lower: Throughput?
    package let upper: Throughput?
    package let conditional: Throughput?
}

extension SearchSummary {
    /// Where each goal's first frames are lost, a sentence each.
    var lossSentences: [String] {
        goals.map { "\(title), \($0.result.goal.name): \($0.attribution.text)" }
    }
}
