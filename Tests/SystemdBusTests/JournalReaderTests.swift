import Diagnostics
import Linux
import SystemdBus
import TestSupport
import Testing

@Suite(.enabled(if: CurrentProcess.isRoot)) struct JournalReaderTests {
    private static let entries = (1...5).map { number in
        """
        MESSAGE=line \(number)
        SYSLOG_IDENTIFIER=pvp-guest
        PRIORITY=\(number)
        PVP_DIRECTION=\(number == 3 ? "input" : "output")
        OBJECT_SYSTEMD_UNIT=\(number % 2 == 0 ? "b" : "a").service
        """
    }.joined(separator: "\n\n")

    private func messages(
        _ journal: JournalReader, _ units: [String], _ position: JournalReader.Position, common: [String] = []
    ) -> [String] {
        journal.read(JournalMatch(units: units, common: common), from: position)
        var messages: [String] = []
        while let record = journal.next() { messages.append(record.message) }
        return messages
    }

    @Test("Entries of units are read in order, from any position")
    func entries() throws {
        let files = try JournalFiles(Self.entries)
        let journal = try JournalReader(root: files.tree.path)
        let both = ["a.service", "b.service"]
        #expect(messages(journal, both, .head) == (1...5).map { "line \($0)" })
        #expect(messages(journal, ["b.service"], .head) == ["line 2", "line 4"])
        #expect(messages(journal, ["a.service"], .head, common: ["PVP_DIRECTION=input"]) == ["line 3"])
        #expect(messages(journal, both, .last(2)) == ["line 4", "line 5"])
        #expect(messages(journal, both, .last(99)).count == 5)
        #expect(messages(journal, both, .last(0)) == [])
        #expect(messages(journal, ["none.service"], .last(3)) == [])
        journal.read(JournalMatch(units: both), from: .last(1))
        let last = try #require(journal.next())
        #expect(last.priority == 5 && last.identifier == "pvp-guest" && last.unit(among: ["a.service"]) == "a.service")
        #expect(last.unit(among: ["b.service"]) == nil && !last.isFromManager)
        #expect(messages(journal, both, .time(last.time)) == ["line 5"])
        #expect(messages(journal, both, .time(last.time + 60_000_000)) == [])
        // Without matches, also what journald says about itself.
        journal.read(JournalMatch(), from: .head)
        #expect(journal.next() != nil)
    }

    @Test("A journal that does not exist is a problem")
    func missing() throws {
        let tree = try Tree()
        let problem = #expect(throws: Problem.self) { try JournalReader(directory: tree.path + "/none") }
        #expect(problem?.code == .journalUnreadable)
    }
}
