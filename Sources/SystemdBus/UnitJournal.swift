import CSystemd

/// What the journal has about a unit (`sd-journal(3)`).
package enum UnitJournal {
    /// The last line of the last entry that is a warning or worse; empty if there is none, or if
    /// the journal cannot be read. `directory` has the files of another journal than the machine's.
    package static func lastWarning(of unit: String, in directory: String? = nil) -> String {
        guard (try? loadSystemd()) != nil else { return "" }
        var opened: OpaquePointer?
        let result =
            directory.map { systemd.sd_journal_open_directory(&opened, $0, 0) }
            ?? systemd.sd_journal_open(&opened, Int32(SD_JOURNAL_LOCAL_ONLY))
        guard result >= 0, let journal = opened else { return "" }
        defer { systemd.sd_journal_close(journal) }
        match(journal, unit)
        guard systemd.sd_journal_seek_tail(journal) >= 0, systemd.sd_journal_previous(journal) > 0 else { return "" }
        var data: UnsafeRawPointer?
        var count = 0
        guard systemd.sd_journal_get_data(journal, "MESSAGE", &data, &count) >= 0 else { return "" }
        let field = String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self)
        return field.dropFirst("MESSAGE=".count).split(separator: "\n").last.map(String.init) ?? ""
    }

    /// The entries that `journalctl --unit= --priority=warning` shows: the unit's own, and what
    /// systemd, root's daemons and the coredump handler write about it (systemd:
    /// src/shared/logs-show.c, `add_matches_for_unit()`).
    private static func match(_ journal: OpaquePointer, _ unit: String) {
        let alternatives = [
            ["_SYSTEMD_UNIT=\(unit)"], ["_PID=1", "UNIT=\(unit)"], ["_UID=0", "OBJECT_SYSTEMD_UNIT=\(unit)"],
            ["MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1", "_UID=0", "COREDUMP_UNIT=\(unit)"],
        ]
        for alternative in alternatives {
            _ = systemd.sd_journal_add_disjunction(journal)
            for field in alternative { _ = systemd.sd_journal_add_match(journal, field, 0) }
        }
        _ = systemd.sd_journal_add_conjunction(journal)
        // Those of the same field are alternatives.
        for priority in 0...4 { _ = systemd.sd_journal_add_match(journal, "PRIORITY=\(priority)", 0) }
    }
}
