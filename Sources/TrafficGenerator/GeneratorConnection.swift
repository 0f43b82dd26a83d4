package import Diagnostics
import JSON
package import Linux
import Measurement

/// A connection to a running pvp-traffic. If it ends, so does the trial that runs.
package final class GeneratorConnection: LoadGenerator {
    private let descriptor: Descriptor
    private let path: String
    private var rest: [UInt8] = []
    /// A descriptor that is readable when the trial is to end, such as that of signals.
    package var interruption: Int32?

    /// Connects to the socket of pvp-traffic. Throws `ENOENT` or `ECONNREFUSED` as long as it does
    /// not listen.
    package init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = try UnixSocket.connect(path, .stream)
    }

    /// Runs a trial. Throws `traffic-lost` if no answer comes within 5 s after its end,
    /// `traffic-refused` for a trial that pvp-traffic does not accept, `interrupted` if
    /// ``interruption`` ends it; after that, the connection is of no use.
    package func run(_ trial: TrafficTrial) throws(Problem) -> TrafficResult {
        // It waits 2 s for frames that are still on their way.
        var result = try TrafficResult(ask(trial.line, within: trial.duration + .seconds(5)))
        if trial.maximumLag > TrafficTrial.defaultLag { result.excessTime = trial.maximumLag }
        return result
    }

    /// Has the reflector forward with these faults from now on. Throws as ``run(_:)`` does.
    package func reflect(_ faults: TrafficFaults) throws(Problem) {
        let answer = try ask(faults.line, within: .seconds(5))
        if let error = answer["error"]?.string {
            throw Problem(.trafficRefused, "pvp-traffic: \(error)", remedy: "correct the faults")
        }
    }

    /// The counters of the ports. Throws as ``run(_:)`` does.
    package func status() throws(Problem) -> TrafficResult { try TrafficResult(ask("status", within: .seconds(5))) }

    private func ask(_ line: String, within limit: Duration) throws(Problem) -> JSON {
        let text = Array((line + "\n").utf8)
        guard descriptor.write(text) == text.count else { throw lost("the command was not sent") }
        let end = MonotonicClock.now + limit.milliseconds
        while true {
            if let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
                defer { rest.removeFirst(newline + 1) }
                return try JSON(Array(rest[..<newline]))
            }
            var entries = [PollEntry(descriptor.number, .input), PollEntry(interruption, .input)]
            PollEntry.wait(for: &entries, timeout: max(0, end - MonotonicClock.now))
            if !entries[1].events.isEmpty {
                throw Problem(.interrupted, "interrupted", remedy: "run 'pvpgen measure --resume=FILE' to continue")
            }
            guard !entries[0].events.isEmpty || MonotonicClock.now < end else { throw lost("no answer in time") }
            switch descriptor.read() {
            case .bytes(let bytes): rest += bytes
            case .nothing: continue
            case .end: throw lost("the connection was closed")
            }
        }
    }

    private func lost(_ reason: String) -> Problem {
        Problem(.trafficLost, "pvp-traffic: \(reason): \(path)", remedy: "check that pvp-traffic runs")
    }
}
