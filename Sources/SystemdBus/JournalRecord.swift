/// An entry of the journal (`systemd.journal-fields(7)`).
package struct JournalRecord: Hashable, Sendable {
    /// When it was received, in microseconds since 1970.
    package var time: UInt64
    /// The fields that were asked for and exist.
    package var fields: [String: String]

    package init(time: UInt64, fields: [String: String]) {
        self.time = time
        self.fields = fields
    }

    /// What it says; may have several lines.
    package var message: String { fields["MESSAGE"] ?? "" }
    /// How important it is, 0 to 7 as in `syslog(3)`; 6 if that is not known.
    package var priority: Int { fields["PRIORITY"].flatMap { Int($0) } ?? 6 }
    /// The name of the program.
    package var identifier: String { fields["SYSLOG_IDENTIFIER"] ?? fields["_COMM"] ?? "unknown" }
    /// Whether the service manager wrote it.
    package var isFromManager: Bool { fields["_PID"] == "1" }

    /// The first of `units` that the entry is of or about.
    package func unit(among units: Set<String>) -> String? {
        Self.unitFields.lazy.compactMap { fields[$0] }.first { units.contains($0) }
    }

    /// The fields with the name of a unit, those of the service manager first: for a message about
    /// a unit `_SYSTEMD_UNIT` is init.scope.
    private static let unitFields = ["UNIT", "_SYSTEMD_UNIT", "OBJECT_SYSTEMD_UNIT", "COREDUMP_UNIT"]

    /// The fields that are read of each entry.
    static let names =
        ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "_COMM", "_PID", "UNIT_RESULT", "JOB_RESULT"] + unitFields
}
