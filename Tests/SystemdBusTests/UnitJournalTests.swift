import Linux
import SystemdBus
import TestSupport
import Testing

/// Against the files of a systemd-journald that runs for a moment, in a namespace with a /run of
/// its own.
@Suite(.enabled(if: CurrentProcess.isRoot)) struct UnitJournalTests {
    /// Writes entries with the journal's protocol: fields of an entry, one a line, an empty line
    /// between entries.
    private func journal(_ entries: String) throws -> Tree {
        let tree = try Tree(["/entries": entries, "/write": Self.script, "/send": Self.send])
        let result = try Command([
            "unshare", "--mount", "--propagation", "private", "bash", "-eu", tree.path + "/write", tree.path,
        ]).run()
        try #require(result.status == 0, "\(result.output)")
        return tree
    }

    private static let script = """
        mount -t tmpfs tmpfs /run
        mkdir -p /run/systemd/journal /run/log/journal "$1/journal"
        /lib/systemd/systemd-journald > /dev/null 2>&1 &
        for _ in {1..100}; do [ ! -S /run/systemd/journal/io.systemd.journal ] || break; sleep 0.1; done
        python3 "$1/send" "$1/entries"
        journalctl --sync --quiet
        kill $!
        wait $! || true
        cp /run/log/journal/*/system.journal "$1/journal/"

        """

    private static let send = """
        import socket, sys
        end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        end.connect("/run/systemd/journal/socket")
        for entry in open(sys.argv[1]).read().split("\\n\\n"):
            end.send(entry.strip().encode() + b"\\n")

        """

    @Test("The last warning about a unit is found, not its later notices and not the warnings of another unit")
    func lastWarning() throws {
        let tree = try journal(
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
        let directory = tree.path + "/journal"
        #expect(UnitJournal.lastWarning(of: "testpmd.service", in: directory) == "EAL: no memory")
        #expect(UnitJournal.lastWarning(of: "other.service", in: directory) == "another's")
        #expect(UnitJournal.lastWarning(of: "none.service", in: directory) == "")
    }

    @Test("Without a journal there is no warning")
    func noJournal() throws {
        #expect(UnitJournal.lastWarning(of: "testpmd.service", in: try Tree().path + "/none") == "")
    }
}
