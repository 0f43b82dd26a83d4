package import Diagnostics
package import JSON
package import Linux

/// A connection to the telemetry of a DPDK program (its socket `dpdk_telemetry.v2`; DPDK's
/// "Telemetry Library", and `howto/telemetry`).
///
/// It never waits by itself: put `descriptor` into a loop and call `receive()`, or use
/// `ask(_:timeout:)`, which has a limit. The first message is the greeting: an object with
/// `version`, `pid` and `max_output_len`.
package final class TelemetryConnection {
    /// Readable when an answer has come.
    package let descriptor: Descriptor
    private let path: String
    private var limit = 16384
    private var isGreeted = false

    /// Connects. Throws `ENOENT` or `ECONNREFUSED` as long as the program does not run.
    package init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = try UnixSocket.connect(path, .packets)
    }

    /// Asks a question such as `/ethdev/link_status,0`. Throws `telemetry-lost` when the program is
    /// gone.
    package func send(_ question: String) throws(Problem) {
        let bytes = Array(question.utf8)
        guard descriptor.write(bytes) == bytes.count else { throw lost("the request was not sent") }
    }

    /// The next message, or `nil` when none has come. Throws `telemetry-lost` when the program is
    /// gone, `json-malformed` for nonsense.
    package func receive() throws(Problem) -> JSON? {
        switch descriptor.read(limit: limit) {
        case .nothing: return nil
        case .end: throw lost("the connection was closed")
        case .bytes(let bytes):
            let message = try JSON(bytes)
            if !isGreeted {
                isGreeted = true
                // The program says how long its answers may be; within reason, because it is memory
                // of ours.
                limit = min(max(limit, message["max_output_len"]?.int ?? 0), 1 << 20)
            }
            return message
        }
    }

    /// Waits at most `timeout` milliseconds for the greeting, which is the first message.
    /// Throws `telemetry-silent` when none came in time.
    package func greeting(timeout: Int) throws(Problem) -> JSON { try wait(until: MonotonicClock.now + timeout) }

    /// Asks and waits for the answer at most `timeout` milliseconds: the value below the name of
    /// the question, `.null` when there is no such thing. Throws `telemetry-silent` when none came
    /// in time.
    package func ask(_ question: String, timeout: Int) throws(Problem) -> JSON {
        let end = MonotonicClock.now + timeout
        if !isGreeted { _ = try wait(until: end) }
        try send(question)
        return Self.value(try wait(until: end))
    }

    /// What an answer holds: `{"/ethdev/list": [0, 1]}` holds `[0, 1]`.
    package static func value(_ answer: JSON) -> JSON { answer.object?.first?.value ?? .null }

    private func wait(until end: Int) throws(Problem) -> JSON {
        while Descriptor.poll(descriptor.number, .input, timeout: end - MonotonicClock.now) {
            if let message = try receive() { return message }
        }
        let message = "telemetry: no answer in time: \(path)"
        throw Problem(.telemetrySilent, message, remedy: "check that the program runs and is not stopped")
    }

    private func lost(_ what: String) -> Problem {
        Problem(.telemetryLost, "telemetry: \(what): \(path)", remedy: "check that the program runs")
    }
}
