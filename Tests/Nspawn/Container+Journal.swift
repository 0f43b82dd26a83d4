import LabTools

extension Container {
    /// A place in the journal.
    package struct JournalMark: Sendable { let cursor: String }

    /// The journal's end now.
    package func journalMark() throws -> JournalMark {
        try run(["journalctl", "--sync"])
        let lines = try run(["journalctl", "--quiet", "--lines=1", "--output=cat", "--show-cursor"]).split(
            separator: "\n")
        guard let line = lines.last, let space = line.lastIndex(of: " ") else {
            throw LabFailure("the journal has no cursor")
        }
        return JournalMark(cursor: String(line[line.index(after: space)...]))
    }

    /// The entries since then, of one unit or of all. Each match is a `FIELD=value`.
    package func journal(since mark: JournalMark, unit: String? = nil, matching matches: [String] = []) throws
        -> [ContainerJournalEntry]
    {
        try run(["journalctl", "--sync"])
        var arguments = ["journalctl", "--quiet", "--all", "--output=json", "--cursor=\(mark.cursor)"]
        if let unit { arguments.append("--unit=\(unit)") }
        // Not --after-cursor=, which leaves out the first entry that matches, even if it is another
        // (systemd 252).
        let entries = try run(arguments + matches).split(separator: "\n").map { try ContainerJournalEntry($0) }
        return entries.first?["__CURSOR"] == mark.cursor ? Array(entries.dropFirst()) : entries
    }

    /// What the entries say, a line each: for a test's output.
    package func story(since mark: JournalMark, unit: String? = nil) -> String {
        let entries = (try? journal(since: mark, unit: unit)) ?? []
        return entries.map { "\($0["SYSLOG_IDENTIFIER"] ?? ""): \($0.message)" }.joined(separator: "\n")
    }
}
