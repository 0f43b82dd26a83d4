/// What the journal has about a unit.
package enum UnitJournal {
    /// The last line of the last entry that is a warning or worse; empty if there is none, or if
    /// the journal cannot be read. `directory` has the files of another journal than the machine's.
    package static func lastWarning(of unit: String, in directory: String? = nil) -> String {
        guard let journal = try? directory.map({ try JournalReader(directory: $0) }) ?? JournalReader() else {
            return ""
        }
        journal.read(JournalMatch(units: [unit], common: (0...4).map { "PRIORITY=\($0)" }), from: .last(1))
        return journal.next()?.message.split(separator: "\n").last.map(String.init) ?? ""
    }
}
