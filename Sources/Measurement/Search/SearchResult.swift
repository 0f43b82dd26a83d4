/// The result of a search.
package struct SearchResult: Hashable, Sendable {
    /// One result for each goal, in the order of the goals.
    package var goals: [GoalResult]
    /// The rate at the maximum load; `nil` without a valid trial there.
    package var maximumReceiveRate: MaximumReceiveRate?
}
