package import Diagnostics
import Linux
import Presentation
package import SystemdBus

/// Prints entries of the journal: `pvpgen log`.
package struct LogLoop {
    /// Which of the selected entries are printed.
    package struct Options: Hashable, Sendable {
        /// From when on; `nil` from the first.
        package var since: LogTime?
        /// The number of entries at the end; `nil` for all.
        package var count: Int?
        /// Whether later entries are waited for.
        package var isFollowing: Bool

        package init(since: LogTime? = nil, count: Int? = nil, isFollowing: Bool = false) {
            self.since = since
            // As journalctl does.
            self.count = count ?? (isFollowing && since == nil ? 10 : nil)
            self.isFollowing = isFollowing
        }
    }

    /// Prints the entries to a descriptor; with `isFollowing`, until a signal comes. The exit
    /// status: 0, or 128 plus the signal. Throws `system-failed` and `file-unreadable`.
    package static func run(
        _ selection: LogSelection, from journal: JournalReader, options: Options,
        to descriptor: Int32 = Descriptor.standardOutput
    ) throws(Problem) -> Int32 {
        let signals = try Signals.ofTerminal()
        // First, so that no entry is missed.
        if options.isFollowing { _ = journal.pollEntry }
        var boot: String?
        var since: UInt64 = 0
        switch options.since {
        case .boot: boot = try bootID()
        case .time(let time): since = time
        case nil: break
        }
        let position: JournalReader.Position = options.count.map { .last($0) } ?? (since > 0 ? .time(since) : .head)
        journal.read(selection.match(boot: boot), from: position)
        let style = Style(descriptor)
        var output = OutputBuffer(descriptor)
        while true {
            while let record = journal.next() {
                guard record.time >= since else { continue }
                let text = selection.text(record) { MonotonicClock.journalDate(microseconds: $0) }
                output.write(record.priority <= 3 ? style.paint(.bad, text) : text)
                if let signal = wait(for: signals, &output) { return signal }
            }
            guard options.isFollowing else { return 0 }
            var entries = [PollEntry(signals.descriptor.number, .input), journal.pollEntry]
            PollEntry.wait(for: &entries, timeout: journal.timeout)
            journal.process()
            if let signal = status(signals) { return signal }
        }
    }

    /// Waits until the text is taken; the exit status if a signal comes or the reader is gone.
    private static func wait(for signals: Signals, _ output: inout OutputBuffer) -> Int32? {
        while !output.isEmpty {
            var entries = [PollEntry(signals.descriptor.number, .input), output.pollEntry]
            PollEntry.wait(for: &entries, timeout: nil)
            if let status = status(signals) { return status }
            output.flush()
        }
        return output.isClosed ? 0 : nil
    }

    private static func status(_ signals: Signals) -> Int32? {
        while let signal = signals.next() {
            if signal == Signal.winch { continue }
            return signal == Signal.pipe ? 0 : 128 + signal
        }
        return nil
    }

    /// The ID of this boot as the journal has it (`systemd.journal-fields(7)`, `_BOOT_ID`).
    private static func bootID() throws(Problem) -> String {
        let file = "/proc/sys/kernel/random/boot_id"
        do {
            return try Root.machine.text(file).filter { $0.isHexDigit }
        } catch {
            throw error.problem(.fileUnreadable, remedy: "mount /proc")
        }
    }
}
