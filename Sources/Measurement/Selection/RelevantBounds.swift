/// The Relevant Lower and Upper Bound (RFC 9971) as indices in the grid; `nil` for none.
struct RelevantBounds: Hashable, Sendable {
    var lower: Int?
    var upper: Int?

    /// Returns whether a trial at `load` can create or improve a bound, for a target width.
    func isWorth(_ load: Int, width: Int) -> Bool {
        if let lower, lower >= load { return false }
        if let upper, upper <= load { return false }
        guard let lower, let upper else { return true }
        return upper - lower > width
    }
}
