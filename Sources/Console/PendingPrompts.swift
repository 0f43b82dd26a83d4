/// The prompts that have to come: one for the start of testpmd, and one for each line that is entered.
struct PendingPrompts {
    /// What a prompt ends.
    enum Cause: Hashable {
        case start
        /// A line that a client entered, or with `nil` the console.
        case entered(Peer?)
        /// Ctrl-C.
        case interrupted
        /// The command of a question.
        case question
    }

    private var causes: [Cause] = [.start]
    /// Whether the line that the next prompt ends was echoed.
    var isEchoed = false
    /// How many of the prompts the editor's next redraw stands for; `nil` when no redraw was requested.
    private var probed: Int?

    var count: Int { causes.count }
    /// What the next prompt ends.
    var first: Cause? { causes.first }
    /// Whether a redraw was requested and has not come.
    var isProbed: Bool { probed != nil }

    mutating func append(_ cause: Cause) { causes.append(cause) }

    /// The editor is asked to draw its row again: all that was entered before is over then.
    mutating func probe() { probed = causes.count }

    /// Returns how many of the prompts have come with this one.
    func over(isFresh: Bool) -> Int { isFresh ? min(1, causes.count) : probed ?? 0 }

    /// The editor has drawn its row again.
    mutating func endProbe() { probed = nil }

    /// Removes the first `count`.
    mutating func advance(_ count: Int) {
        causes.removeFirst(count)
        isEchoed = false
        probed = probed.map { max(0, $0 - count) }
    }
}
