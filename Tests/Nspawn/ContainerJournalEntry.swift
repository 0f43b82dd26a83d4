import JSON

/// One entry of the journal.
package struct ContainerJournalEntry: Hashable, Sendable {
    /// Its fields; the first value of one that repeats.
    package var fields: [String: String]

    /// Reads a line of `journalctl --output=json`.
    init(_ line: some StringProtocol) throws {
        fields = [:]
        for member in try JSON(Array(line.utf8)).object ?? [] {
            switch member.value {
            case .string(let text): fields[member.name] = text
            // What is no text is a list of bytes; a field that repeats is a list of values.
            case .array(let values):
                let bytes = values.compactMap(\.int).map { UInt8(truncatingIfNeeded: $0) }
                fields[member.name] = values.first?.string ?? String(decoding: bytes, as: UTF8.self)
            default: break
            }
        }
    }

    /// A field.
    package subscript(name: String) -> String? { fields[name] }
    /// What it says.
    package var message: String { fields["MESSAGE"] ?? "" }
    /// 0 to 7, as of syslog.
    package var priority: Int { fields["PRIORITY"].flatMap { Int($0) } ?? 6 }
    /// The unit that it is of or about.
    package var unit: String? { fields["UNIT"] ?? fields["_SYSTEMD_UNIT"] }
}
