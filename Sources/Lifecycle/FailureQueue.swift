import Diagnostics
import Linux
import SystemdBus

/// Failures whose last journal lines are still on their way: the journal is written by another
/// process than the one that reports the failure.
final class FailureQueue {
    /// Milliseconds for which the journal is waited for.
    private static let timeout = 1000

    private struct Entry {
        var unit: String
        var problem: Problem
        /// Since when the entries are of this start or stop, in microseconds since 1970.
        var since: UInt64
        /// When it is reported at the latest, in milliseconds of `MonotonicClock.now`.
        var deadline: Int
    }

    private var entries: [Entry] = []
    /// The journal is opened for the first failure: most runs have none.
    private let open: () throws(Problem) -> JournalReader
    private var journal: JournalReader?

    /// Reads the journal that `open` opens; without one, failures are reported without lines.
    init(open: @escaping () throws(Problem) -> JournalReader = { () throws(Problem) in try JournalReader() }) {
        self.open = open
    }

    /// Whether all failures were reported.
    var isEmpty: Bool { entries.isEmpty }
    /// When the next one is due without its lines, in milliseconds of `MonotonicClock.now`.
    var deadline: Int? { entries.map(\.deadline).min() }
    /// What to poll for its lines.
    var pollEntry: PollEntry { entries.isEmpty ? PollEntry(nil, .input) : journal?.pollEntry ?? PollEntry(nil, .input) }

    /// Adds a unit that has failed. `begin` is when the operation began, in microseconds of
    /// `CLOCK_MONOTONIC`.
    func append(_ unit: UnitProgress, begin: UInt64) {
        guard let problem = unit.problem else { return }
        if journal == nil { journal = try? open() }
        // Notices changes from before the first look at the entries.
        _ = journal?.pollEntry
        let age = MonotonicClock.microseconds - Int(clamping: unit.begin ?? begin)
        // The kernel's clocks drift apart by less than this.
        let since = MonotonicClock.sinceEpoch * 1000 - age - 2000
        let deadline = MonotonicClock.now + (journal == nil ? 0 : Self.timeout)
        entries.append(
            Entry(unit: unit.unit, problem: problem, since: UInt64(clamping: since), deadline: deadline))
    }

    /// Returns the failures that have all their lines, or whose time is over.
    func takeReports() -> [FailureReport] {
        guard !entries.isEmpty else { return [] }
        journal?.process()
        var reports: [FailureReport] = []
        let now = MonotonicClock.now
        entries.removeAll { entry in
            let report = FailureReport(entry.problem, records(entry))
            guard report.isComplete || now >= entry.deadline else { return false }
            reports.append(report)
            return true
        }
        return reports
    }

    private func records(_ entry: Entry) -> [JournalRecord] {
        guard let journal else { return [] }
        journal.read(JournalMatch(units: [entry.unit]), from: .last(50))
        var records: [JournalRecord] = []
        while let record = journal.next() {
            if record.time >= entry.since { records.append(record) }
        }
        return records
    }
}
