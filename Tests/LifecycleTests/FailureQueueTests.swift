import Diagnostics
import Linux
import SystemdBus
import TestSupport
import Testing

@testable import Lifecycle

@Suite(.enabled(if: CurrentProcess.isRoot)) struct FailureQueueTests {
    private static let unit = "pvp-guest@a.service"

    private func failed() -> UnitProgress {
        var unit = UnitProgress(ServiceManager.Listed(name: Self.unit, activeState: "activating", job: "/job/1"))
        unit.begin = UInt64(MonotonicClock.microseconds - 60_000_000)
        unit.fail("failed (exit-code)")
        return unit
    }

    private func entry(_ message: String, _ more: String = "PRIORITY=3") -> String {
        "MESSAGE=\(message)\nSYSLOG_IDENTIFIER=pvp-guest\nOBJECT_SYSTEMD_UNIT=\(Self.unit)\n\(more)"
    }

    @Test("A failure is reported with its lines as soon as the journal has the result of the unit")
    func complete() throws {
        let entries = [entry("no image; correct Image="), entry("Failed with result", "UNIT_RESULT=exit-code")]
        let files = try JournalFiles(entries.joined(separator: "\n\n"))
        let queue = FailureQueue { () throws(Problem) in try JournalReader(directory: files.directory) }
        #expect(queue.isEmpty && queue.deadline == nil && queue.takeReports().isEmpty)
        queue.append(failed(), begin: 0)
        #expect(!queue.isEmpty && queue.deadline != nil)
        let reports = queue.takeReports()
        #expect(reports.map(\.problem.message) == ["guests: \(Self.unit): failed (exit-code)"])
        #expect(reports.first?.lines == ["pvp-guest: no image; correct Image=", "pvp-guest: Failed with result"])
        #expect(queue.isEmpty)
    }

    @Test("Lines from before the unit began are of an earlier start; a result that does not come is not waited for")
    func earlier() throws {
        let files = try JournalFiles(entry("an earlier failure", "UNIT_RESULT=exit-code"))
        let queue = FailureQueue { () throws(Problem) in try JournalReader(directory: files.directory) }
        var unit = failed()
        // Entries have milliseconds at most from then on.
        MonotonicClock.sleep(milliseconds: 50)
        unit.begin = UInt64(MonotonicClock.microseconds)
        queue.append(unit, begin: 0)
        #expect(queue.takeReports().isEmpty)
        let deadline = try #require(queue.deadline)
        while MonotonicClock.now <= deadline { MonotonicClock.sleep(milliseconds: 20) }
        #expect(queue.takeReports().map(\.lines) == [[]])
    }

    @Test("Without a journal a failure is reported at once, and a unit that has not failed is not")
    func noJournal() throws {
        let queue = FailureQueue { () throws(Problem) in
            throw Problem(.journalUnreadable, "no journal", remedy: "start it")
        }
        queue.append(UnitProgress(ServiceManager.Listed(name: Self.unit, activeState: "active")), begin: 0)
        #expect(queue.isEmpty)
        queue.append(failed(), begin: 0)
        #expect(queue.takeReports().map(\.lines) == [[]])
    }
}
