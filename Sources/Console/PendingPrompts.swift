/// The prompts that have to come: one for the start of testpmd, and one for each line that is
/// entered.
///
/// A prompt can be torn beyond recognition, so the editor is asked to draw its row again (Ctrl-L):
/// all that was entered before is over then. Keys of clients make it draw the row as well, and
/// testpmd may read them late. So the request has been answered for certain only when as many
/// redraws have come as keys before it, and itself, can cause.
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

    private struct Entry {
        var cause: Cause
        /// Redraws that the keys of the line can cause and that have not come.
        var redraws = 0
    }

    private struct Probe {
        /// The prompts before the request.
        var covered: Int
        /// The redraws that have to come before the request is answered for certain.
        var redraws: Int
    }

    private var entries = [Entry(cause: .start)]
    /// As in `Entry`, for the line that is not entered yet.
    private var redraws = 0
    private var probe: Probe?
    /// Whether the line that the next prompt ends was echoed.
    var isEchoed = false
    /// Whether the terminal has shown nothing since the last request.
    private var isProbed = false

    var count: Int { entries.count }
    /// What the next prompt ends.
    var first: Cause? { entries.first?.cause }
    /// Whether a prompt has to come and the editor can be asked to draw its row again.
    var canProbe: Bool { !isProbed && !entries.isEmpty }

    mutating func append(_ cause: Cause) {
        entries.append(Entry(cause: cause, redraws: redraws))
        redraws = 0
    }

    /// A key that makes the editor draw its row again, or can do so, goes to the terminal.
    mutating func addRedraw() { redraws += 1 }

    /// The editor is asked to draw its row again.
    mutating func request() {
        addRedraw()
        isProbed = true
        if probe == nil { probe = Probe(covered: count, redraws: entries.reduce(redraws) { $0 + $1.redraws }) }
    }

    /// The terminal shows something.
    mutating func shown() { isProbed = false }

    /// Returns how many prompts have come with this one: a fresh prompt, or a redraw.
    func over(isFresh: Bool) -> Int {
        if isFresh { return min(1, count) }
        guard let probe, probe.redraws <= 1 else { return 0 }
        return probe.covered
    }

    /// The editor has drawn its row again.
    mutating func redrawn() {
        if let first = entries.firstIndex(where: { $0.redraws > 0 }) {
            entries[first].redraws -= 1
        } else {
            redraws = max(0, redraws - 1)
        }
        probe?.redraws -= 1
        if let probe, probe.redraws <= 0 { self.probe = nil }
    }

    /// Removes the first `count`. The keys of their lines are processed.
    mutating func advance(_ count: Int) {
        let processed = entries[..<count].reduce(0) { $0 + $1.redraws }
        entries.removeFirst(count)
        isEchoed = false
        guard var rest = probe else { return }
        rest.covered -= count
        rest.redraws -= processed
        probe = rest.covered > 0 && rest.redraws > 0 ? rest : nil
    }
}
