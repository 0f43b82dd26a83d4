import Console
import Linux
import Systemd

/// Where entries go: to the journal with their fields, or as lines to standard output when that is
/// not the journal.
package final class JournalSink {
    private let identity: [(String, String)]
    private let journal: JournalSocket?
    /// Of lines, what standard output has not taken.
    private var rest: [UInt8] = []

    /// `identity` are the fields that all entries have. The journal is wanted when the service
    /// manager has connected this process to it (`JOURNAL_STREAM` in `systemd.exec(5)`).
    package init(identity: [(String, String)]) {
        self.identity = identity
        journal = Environment["JOURNAL_STREAM"] == nil ? nil : try? JournalSocket()
    }

    /// To be waited for when not all entries were taken.
    var descriptor: Int32 { journal?.descriptor.number ?? Descriptor.standardOutput }

    /// Gives what is taken without waiting; how many entries that was.
    func write(_ entries: [JournalEntry]) -> Int {
        guard let journal else { return writeLines(entries) }
        for (index, entry) in entries.enumerated() where !journal.send(fields(entry), message: entry.message) {
            return index
        }
        return entries.count
    }

    /// The last ones: worth a short wait with a limit.
    func finish(_ entries: [JournalEntry]) {
        var left = entries[...]
        while true {
            left = left.dropFirst(write(Array(left)))
            if left.isEmpty, rest.isEmpty { return }
            guard Descriptor.poll(descriptor, .output, timeout: 2000) else { return }
        }
    }

    private func fields(_ entry: JournalEntry) -> [(String, String)] {
        var fields = identity + [("PRIORITY", "\(entry.priority.rawValue)")]
        if let port = entry.port { fields.append(("PVP_PORT", "\(port)")) }
        if entry.isTyped { fields.append(("PVP_DIRECTION", "input")) }
        // With a process named, the journal adds what it knows of it (systemd.journal-fields(7)).
        if let peer = entry.peer {
            fields += [("PVP_USER", peer.user), ("PVP_UID", "\(peer.uid)"), ("OBJECT_PID", "\(peer.pid)")]
        }
        return fields
    }

    private func writeLines(_ entries: [JournalEntry]) -> Int {
        guard flush() else { return 0 }
        rest = entries.flatMap { $0.message + [0x0a] }
        _ = flush()
        return entries.count
    }

    /// True when nothing is left.
    private func flush() -> Bool {
        if !rest.isEmpty { rest.removeFirst(Descriptor.write(rest, to: Descriptor.standardOutput) ?? rest.count) }
        return rest.isEmpty
    }
}
