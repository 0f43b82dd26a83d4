package import Diagnostics
import Linux

/// Surveys the ports of one program again and again over a connection that it keeps. It never
/// waits: `begin()` asks, `proceed()` goes on when `descriptor` is readable.
package final class PortWatch {
    /// The path of the program's socket, `dpdk_telemetry.v2`.
    package let path: String
    private var connection: TelemetryConnection?
    private var survey: PortSurvey?

    /// Creates a watch that is not connected.
    package init(_ path: String) { self.path = path }

    /// Readable when an answer has come; `nil` while none is awaited.
    package var descriptor: Int32? { survey == nil ? nil : connection?.descriptor.number }

    /// Begins a survey; an unfinished one is given up. Throws `telemetry-missing` if the program
    /// does not run, `telemetry-refused` when this user may not ask, `telemetry-silent` or
    /// `telemetry-lost` when it takes no question.
    package func begin() throws(Problem) {
        // An answer that is still out belongs to a question that was given up.
        if survey != nil { disconnect() }
        if let connection {
            let (survey, question) = PortSurvey.again()
            self.survey = survey
            do throws(Problem) {
                return try connection.send(question)
            } catch {
                // The program has been restarted since: the next connection is to the new one.
                disconnect()
            }
        }
        do throws(SystemError) {
            connection = try TelemetryConnection(path)
            survey = PortSurvey()
        } catch {
            throw Self.problem(error, path)
        }
    }

    /// Reads the available answers and sends the next request. Returns the ports when all have
    /// answered. Throws `telemetry-lost` when the program is gone, `json-malformed` for nonsense.
    package func proceed() throws(Problem) -> [Port]? {
        do throws(Problem) {
            while survey != nil, let answer = try connection?.receive() {
                switch survey?.take(answer) {
                case .ask(let question): try connection?.send(question)
                case .done(let ports):
                    survey = nil
                    return ports
                case nil: break
                }
            }
            return nil
        } catch {
            disconnect()
            throw error
        }
    }

    /// Ends a survey that took too long, and says so: `telemetry-silent`.
    package func giveUp() -> Problem {
        disconnect()
        return Problem(
            .telemetrySilent, "telemetry: no answer in time: \(path)",
            remedy: "check that the program runs and is not stopped")
    }

    /// Surveys several programs at once and waits for all of them together, at most `timeout`
    /// milliseconds. Their answers, in their order.
    package static func survey(_ watches: [PortWatch], timeout: Int) -> [Result<[Port], Problem>] {
        let end = MonotonicClock.now + timeout
        var results: [Result<[Port], Problem>?] = watches.map { watch in
            do throws(Problem) {
                try watch.begin()
                return nil
            } catch {
                return .failure(error)
            }
        }
        while true {
            var entries = watches.indices.map { index in
                PollEntry(results[index] == nil ? watches[index].descriptor : nil, .input)
            }
            guard entries.contains(where: \.isAwaited), MonotonicClock.now < end else { break }
            PollEntry.wait(for: &entries, timeout: end - MonotonicClock.now)
            for index in watches.indices where !entries[index].events.isEmpty {
                do throws(Problem) {
                    results[index] = try watches[index].proceed().map { .success($0) }
                } catch {
                    results[index] = .failure(error)
                }
            }
        }
        return zip(watches, results).map { watch, result in result ?? .failure(watch.giveUp()) }
    }

    private func disconnect() {
        connection = nil
        survey = nil
    }

    private static func problem(_ error: SystemError, _ path: String) -> Problem {
        switch error.code {
        case Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.connectionRefused:
            Problem(
                .telemetryMissing, "telemetry: no DPDK program listens on \(path)",
                remedy: "run 'systemctl start pvp.target'")
        case Errno.permissionDenied, Errno.notPermitted:
            Problem(
                .telemetryRefused, "telemetry: \(error.reason): \(path)",
                remedy: "run the command as root, because DPDK accepts only its own user")
        case Errno.again:
            Problem(
                .telemetrySilent, "telemetry: connection not accepted: \(path)",
                remedy: "check that the program runs and is not stopped")
        default: error.problem(.telemetryRefused, remedy: "name the socket dpdk_telemetry.v2 of a DPDK program")
        }
    }
}
