/// The step of a search for a missing bound: it doubles with each trial that does not find the
/// bound.
struct WidthExpander: Hashable, Sendable {
    /// Steps of the grid for the next trial.
    private(set) var next: Int
    private let target: Int
    /// No step is wider than the grid.
    private let most: Int

    /// Begins with twice the target's width, or twice the interval that the search begins with.
    init(target: Int, lower: Int?, upper: Int?, last: Int) {
        self.target = target
        most = 2 * last
        next = target
        if let lower, let upper { next = max(next, upper - lower) }
        expand()
    }

    mutating func expand() { next = min(next * 2, most) }

    /// Continues from a width that another way of selection has reached.
    mutating func limit(_ width: Int) {
        next = max(width, target)
        expand()
    }
}
