import Linux
import SystemdBus
import TestSupport
import Testing

@Suite(.enabled(if: CurrentProcess.isRoot)) struct UnitJournalTests {
    @Test("The last warning about a unit is found, not its later notices and not the warnings of another unit")
    func lastWarning() throws {
        let journal = try JournalFiles(
            """
            MESSAGE=too old
            PRIORITY=3
            OBJECT_SYSTEMD_UNIT=testpmd.service

            MESSAGE=EAL: no memory
            PRIORITY=4
            OBJECT_SYSTEMD_UNIT=testpmd.service

            MESSAGE=it ends
            PRIORITY=5
            OBJECT_SYSTEMD_UNIT=testpmd.service

            MESSAGE=another's
            PRIORITY=3
            OBJECT_SYSTEMD_UNIT=other.service
            """)
        let directory = journal.directory
        #expect(UnitJournal.lastWarning(of: "testpmd.service", in: directory) == "EAL: no memory")
        #expect(UnitJournal.lastWarning(of: "other.service", in: directory) == "another's")
        #expect(UnitJournal.lastWarning(of: "none.service", in: directory) == "")
    }

    @Test("Without a journal there is no warning")
    func noJournal() throws {
        #expect(UnitJournal.lastWarning(of: "testpmd.service", in: try Tree().path + "/none") == "")
    }
}
