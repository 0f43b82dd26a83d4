/// What the trials at a load say about the load (RFC 9971, "Load Classification").
package enum LoadClass: Hashable, Sendable {
    /// The load fulfills the goal.
    case lowerBound
    /// The load does not fulfill the goal.
    case upperBound
    /// More trials decide.
    case undecided
}
