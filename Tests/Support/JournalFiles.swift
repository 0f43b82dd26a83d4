import Linux
import Testing

/// The files of a systemd-journald that ran for a moment, in a namespace with a /run of its own,
/// for root.
package struct JournalFiles {
    /// A root directory with the journal.
    package let tree: Tree

    /// The directory with the files.
    package var directory: String { tree.path + "/run/log/journal" }

    /// Writes entries with the journal's protocol: fields of an entry, one a line, an empty line
    /// between entries. Without a `tree`, the files are in one of their own.
    package init(_ entries: String, in tree: Tree? = nil) throws {
        self.tree = try tree ?? Tree()
        let script = try Tree(["/entries": entries, "/write": Self.script, "/send": Self.send])
        let result = try Command([
            "unshare", "--mount", "--propagation", "private", "bash", "-eu", script.path + "/write", script.path,
            self.tree.path,
        ]).run()
        try #require(result.status == 0, "\(result.output)")
    }

    private static let script = """
        mount -t tmpfs tmpfs /run
        mkdir -p /run/systemd/journal /run/log/journal "$2/run/log/journal"
        /lib/systemd/systemd-journald > /dev/null 2>&1 &
        for _ in {1..100}; do [ ! -S /run/systemd/journal/io.systemd.journal ] || break; sleep 0.1; done
        python3 "$1/send" "$1/entries"
        journalctl --sync --quiet
        kill $!
        wait $! || true
        cp /run/log/journal/*/system.journal "$2/run/log/journal/"

        """

    private static let send = """
        import socket, sys
        end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        end.connect("/run/systemd/journal/socket")
        for entry in open(sys.argv[1]).read().split("\\n\\n"):
            end.send(entry.strip().encode() + b"\\n")

        """
}
