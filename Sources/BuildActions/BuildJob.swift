package import Diagnostics
import Linux
package import SystemdBus

/// The units of one build, started and watched. They go on if this process ends.
package struct BuildJob {
    let name: String
    let manager: ServiceManager

    package init(_ name: String, on manager: ServiceManager) {
        self.name = name
        self.manager = manager
    }

    /// The unit that fetches the source.
    package static func source(of name: String) -> String { "pvp-source@\(name).service" }
    /// The unit that compiles.
    package static func unit(of name: String) -> String { "pvp-build@\(name).service" }

    /// Starts the build, or only the part that has the network, and waits for its end. `progress`
    /// is called with each new status. Throws `build-failed` with what the failed phase reported.
    package func run(onlySource: Bool, progress: (String) -> Void) throws(Problem) {
        let source = Self.source(of: name)
        let unit = onlySource ? source : Self.unit(of: name)
        try manager.subscribe()
        let begin = UInt64(MonotonicClock.sinceEpoch) * 1000
        let job = try manager.begin("StartUnit", unit)
        var last: [String: String] = [:]
        while true {
            while let signal = try manager.nextSignal(isWanted: { [source, unit].contains($0) }) {
                guard case .jobRemoved(job, _, let result) = signal else { continue }
                if ["done", "skipped"].contains(result) { return }
                throw failure(since: begin, result: result)
            }
            for unit in [source, unit] {
                let status = try manager.properties(of: unit).statusText
                if !status.isEmpty, status != last[unit] {
                    progress(status)
                    last[unit] = status
                }
            }
            var entries = [manager.pollEntry]
            PollEntry.wait(for: &entries, timeout: 500)
        }
    }

    /// What the failed phase wrote last. The journal is written by another process than the one
    /// that reports the end.
    private func failure(since begin: UInt64, result: String) -> Problem {
        let units = [Self.source(of: name), Self.unit(of: name)]
        for _ in 0..<10 {
            if let message = message(of: units, since: begin) { return problem(message) }
            MonotonicClock.sleep(milliseconds: 100)
        }
        return Problem(
            .buildFailed, "build \(name): \(result)", remedy: "run 'pvpgen build log \(name)' for its messages")
    }

    /// The problem that a helper wrote in one line: `pvp-build: message; remedy`.
    private func problem(_ line: String) -> Problem {
        let text = line.hasPrefix("pvp-build: ") ? String(line.dropFirst("pvp-build: ".count)) : line
        guard let end = text.lastIndex(of: ";") else {
            return Problem(.buildFailed, text, remedy: "run 'pvpgen build log \(name)' for all messages")
        }
        let remedy = text[text.index(after: end)...].drop { $0 == " " }
        return Problem(.buildFailed, String(text[..<end]), remedy: String(remedy))
    }

    /// The last message of a helper with the priority of an error.
    private func message(of units: [String], since begin: UInt64) -> String? {
        guard let journal = try? JournalReader() else { return nil }
        journal.read(JournalMatch(units: units), from: .time(begin))
        var message: String?
        while let record = journal.next() {
            if record.priority <= 3, !record.isFromManager { message = record.message }
        }
        return message
    }
}
