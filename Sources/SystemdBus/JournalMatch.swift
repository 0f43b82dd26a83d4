/// Which entries of a journal are read (`sd_journal_add_match(3)`): those that meet all terms of
/// one alternative, and all common terms. Terms of the same field are alternatives.
package struct JournalMatch: Hashable, Sendable {
    /// Terms such as `_SYSTEMD_UNIT=testpmd.service`, for each alternative; without any, all
    /// entries are read.
    package var alternatives: [[String]]
    /// Terms that each entry has to meet.
    package var common: [String]

    package init(_ alternatives: [[String]] = [], common: [String] = []) {
        self.alternatives = alternatives
        self.common = common
    }

    /// The entries that `journalctl --unit=` shows for the units: their own, and what systemd,
    /// root's daemons and the coredump handler write about them (systemd: src/shared/logs-show.c,
    /// `add_matches_for_unit()`).
    package init(units: [String], common: [String] = []) {
        func terms(_ field: String) -> [String] { units.map { "\(field)=\($0)" } }
        self.init(
            [
                terms("_SYSTEMD_UNIT"), ["_PID=1"] + terms("UNIT"), ["_UID=0"] + terms("OBJECT_SYSTEMD_UNIT"),
                ["MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1", "_UID=0"] + terms("COREDUMP_UNIT"),
            ], common: common)
    }
}
