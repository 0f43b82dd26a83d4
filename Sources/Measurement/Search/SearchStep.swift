/// What a search asks for.
package enum SearchStep: Hashable, Sendable {
    /// A trial.
    case trial(PlannedTrial)
    /// Nothing: the search has ended with these results.
    case done(SearchResult)
}
