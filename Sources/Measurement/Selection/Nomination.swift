/// A trial that one goal asks for.
struct Nomination: Hashable, Sendable {
    /// How the load was chosen.
    enum Method: Hashable, Sendable {
        case halve, refineLower, refineUpper, extendDown, extendUp, bisect
    }

    /// Index in the grid.
    var load: Int
    var duration: Duration
    /// Steps between the load and the bound that it starts from.
    var width: Int
    var method: Method

    /// Returns whether this trial comes first: the lower load, because its result also limits the
    /// other goals; then the longer trial, then the wider interval.
    func precedes(_ other: Nomination) -> Bool {
        if load != other.load { return load < other.load }
        if duration != other.duration { return duration > other.duration }
        return width > other.width
    }
}
