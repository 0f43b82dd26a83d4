/// Lines on their way to the journal: never more than fits into a bounded memory, and of a flood no
/// more than the journal should keep. Omitted entries are counted, and the number is logged in
/// their place.
struct JournalQueue {
    private let settings: Console.Settings
    private var outlet = OutputQueue<JournalEntry>()
    private var bytes = 0
    private var leftOut = 0
    /// Lines that may still come at once, in thousandths; more are allowed as time goes by.
    private var allowance: Int
    private var lastRefill: Int?
    /// Too much came; it goes on when a second's worth may come again.
    private var isFlooded = false

    /// What an entry takes of the memory: a short line is no more than what there is around it.
    private static func cost(_ entry: JournalEntry) -> Int {
        entry.message.count + MemoryLayout<JournalEntry>.stride + 32
    }

    init(_ settings: Console.Settings) {
        self.settings = settings
        allowance = settings.journalBurst * 1000
    }

    /// When there will be room for the note about what was left out.
    var deadline: Int? { leftOut > 0 && !outlet.isWaiting ? lastRefill.map { $0 + 1000 } : nil }

    /// Errors pass the limit of a flood, and so does what is `precious`.
    mutating func append(_ entry: JournalEntry, at now: Int, isPrecious: Bool = false) {
        refill(now)
        let passes = isPrecious || entry.priority <= .error
        let limit = settings.journalLimit * (passes ? 2 : 1)
        guard bytes + Self.cost(entry) < limit, passes || !isFlooded else {
            leftOut += 1
            return
        }
        noteLoss()
        push(entry)
        allowance = max(0, allowance - 1000)
        if allowance < 1000 { isFlooded = true }
    }

    /// Time has passed: the note comes when nothing else does.
    mutating func tick(_ now: Int) {
        guard leftOut > 0, let last = lastRefill, now >= last + 1000 else { return }
        refill(now)
        if bytes < settings.journalLimit, !isFlooded { noteLoss() }
    }

    private mutating func noteLoss() {
        guard leftOut > 0 else { return }
        push(JournalEntry(Array("\(leftOut) lines were left out here: more than the journal takes".utf8), .warning))
        leftOut = 0
    }

    private mutating func push(_ entry: JournalEntry) {
        outlet.append(entry)
        bytes += Self.cost(entry)
    }

    private mutating func refill(_ now: Int) {
        guard let last = lastRefill else {
            lastRefill = now
            return
        }
        guard now > last else { return }
        allowance = min(settings.journalBurst * 1000, allowance + (now - last) * settings.journalRate)
        if allowance >= min(settings.journalBurst, settings.journalRate) * 1000 { isFlooded = false }
        lastRefill = now
    }

    /// Everything that is pending, when the journal is not being waited for.
    mutating func offer() -> [JournalEntry]? { outlet.offer() }

    /// Notes how many were taken of those that were offered. True when the next turn has to be
    /// awaited.
    mutating func took(_ count: Int) -> Bool {
        bytes -= outlet.pending.prefix(count).reduce(0) { $0 + Self.cost($1) }
        return outlet.took(count)
    }

    /// It can be written to again.
    mutating func resume() { outlet.resume() }

    /// What is pending, and what was left out, for the very end.
    mutating func drain() -> [JournalEntry] {
        noteLoss()
        defer {
            outlet = OutputQueue()
            bytes = 0
        }
        return outlet.pending
    }
}
