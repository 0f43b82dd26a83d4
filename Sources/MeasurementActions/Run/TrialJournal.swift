import Systemd
package import TrafficGenerator

/// Writes an entry to the journal for each trial, with fields of its own.
package struct TrialJournal {
    private let socket = try? JournalSocket()
    private let chain: String

    /// Entries about the chain of a testpmd. Without a journal, none is written.
    package init(_ chain: String) { self.chain = chain }

    package func write(_ trial: CompletedTrial) {
        let fields = [("SYSLOG_IDENTIFIER", "pvpgen"), ("PRIORITY", "6"), ("PVP_CHAIN", chain)]
        let text = "measure \(chain): \(trial.text(remaining: nil))"
        // An entry is not worth a wait: the next trial is due.
        _ = socket?.send(fields + trial.journalFields, message: Array(text.utf8))
    }
}
