/// What sets a piece of text off on a terminal.
package enum Emphasis: Hashable, Sendable {
    /// A name or the head of a table.
    case heading
    /// Text as it is.
    case plain
    /// A thing that is as it should be, or that is new.
    case good
    /// A thing that is not as it should be yet.
    case waiting
    /// A thing that is wrong, or that goes.
    case bad
}
