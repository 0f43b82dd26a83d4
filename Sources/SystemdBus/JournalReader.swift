import CSystemd
package import Diagnostics
package import Linux

/// A journal that is read entry by entry (`sd-journal(3)`). For use by one thread.
package final class JournalReader {
    /// Where reading begins.
    package enum Position: Hashable, Sendable {
        /// At the first entry.
        case head
        /// At the first entry from that time on, in microseconds since 1970.
        case time(UInt64)
        /// At the last entries, as many as that.
        case last(Int)
    }

    private let journal: OpaquePointer
    /// Whether the position is at an entry that was not returned yet.
    private var isAtEntry = false

    /// Opens the machine's journal, or that of another root directory. Throws `library-missing`,
    /// and `journal-unreadable` if there is none or its directory cannot be read.
    package convenience init(root: String? = nil) throws(Problem) {
        try self.init(root ?? "/") { journal in
            root.map { systemd.sd_journal_open_directory(&journal, $0, Int32(SD_JOURNAL_OS_ROOT)) }
                ?? systemd.sd_journal_open(&journal, Int32(SD_JOURNAL_LOCAL_ONLY))
        }
    }

    /// Opens the files in a directory. Throws as ``init(root:)``.
    package convenience init(directory: String) throws(Problem) {
        try self.init(directory) { systemd.sd_journal_open_directory(&$0, directory, 0) }
    }

    private init(_ subject: String, _ open: (inout OpaquePointer?) -> Int32) throws(Problem) {
        try loadSystemd()
        var opened: OpaquePointer?
        let result = open(&opened)
        guard result >= 0, let opened else {
            throw SystemError("sd_journal_open", "journal of \(subject)", code: -result).problem(
                .journalUnreadable, remedy: "run the command as root, and start systemd-journald")
        }
        journal = opened
    }

    deinit { systemd.sd_journal_close(journal) }

    /// Reads only these entries from now on.
    package func read(_ match: JournalMatch, from position: Position) {
        systemd.sd_journal_flush_matches(journal)
        for alternative in match.alternatives {
            _ = systemd.sd_journal_add_disjunction(journal)
            for term in alternative { _ = systemd.sd_journal_add_match(journal, term, 0) }
        }
        _ = systemd.sd_journal_add_conjunction(journal)
        for term in match.common { _ = systemd.sd_journal_add_match(journal, term, 0) }
        seek(to: position)
    }

    private func seek(to position: Position) {
        isAtEntry = false
        switch position {
        case .head: _ = systemd.sd_journal_seek_head(journal)
        case .time(let time): _ = systemd.sd_journal_seek_realtime_usec(journal, time)
        case .last(let count):
            _ = systemd.sd_journal_seek_tail(journal)
            if systemd.sd_journal_previous_skip(journal, UInt64(max(1, count))) > 0 {
                isAtEntry = count > 0
            } else {
                // There is none. From the tail, later ones would not be found.
                _ = systemd.sd_journal_seek_head(journal)
            }
        }
    }

    /// The next entry; `nil` at the end, after which there may be more later.
    package func next() -> JournalRecord? {
        if !isAtEntry, systemd.sd_journal_next(journal) <= 0 { return nil }
        isAtEntry = false
        var time: UInt64 = 0
        _ = systemd.sd_journal_get_realtime_usec(journal, &time)
        let fields = JournalRecord.names.reduce(into: [:]) { $0[$1] = field($1) }
        return JournalRecord(time: time, fields: fields)
    }

    private func field(_ name: String) -> String? {
        var data: UnsafeRawPointer?
        var count = 0
        guard systemd.sd_journal_get_data(journal, name, &data, &count) >= 0 else { return nil }
        let field = UnsafeRawBufferPointer(start: data, count: count).dropFirst(name.utf8.count + 1)
        return String(decoding: field, as: UTF8.self)
    }

    /// What to poll for new entries; with the first use the changes begin to be noticed.
    package var pollEntry: PollEntry {
        PollEntry(
            systemd.sd_journal_get_fd(journal),
            PollEvents(rawValue: Int16(clamping: max(0, systemd.sd_journal_get_events(journal)))))
    }

    /// Milliseconds after which ``process()`` is due without an event; `nil` if never. Some file
    /// systems report no changes.
    package var timeout: Int? {
        var time = UInt64.max
        guard systemd.sd_journal_get_timeout(journal, &time) >= 0, time != .max else { return nil }
        return max(0, (Int(clamping: time) - MonotonicClock.microseconds + 999) / 1000)
    }

    /// Takes note of changes, after a poll.
    package func process() { _ = systemd.sd_journal_process(journal) }
}
