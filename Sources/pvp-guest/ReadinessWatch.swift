import Diagnostics
import HelperCalls
import JSON
import Libvirt
import Linux
import Synchronization
import Telemetry

/// Waits, on threads of its own, until a guest is ready as seen from outside.
final class ReadinessWatch: Sendable {
    /// Milliseconds between two checks; a check takes much less.
    private static let interval = 100
    /// Milliseconds until a check without an answer fails.
    private static let answerTimeout = 1000
    /// Milliseconds until an SSH server that accepted the connection has to send its banner: each
    /// new connection costs a guest that is still booting a process.
    private static let greetingTimeout = 20_000

    private let last = Mutex("not checked yet")

    /// The result of the last check.
    var lastStatus: String { last.withLock { $0 } }

    /// Records a status that was not found by a check.
    func record(_ status: String) { last.withLock { $0 = status } }

    /// Waits until all these ports have a link, then calls `body`.
    func vhosts(_ ports: [GuestCall.Ports], then body: @escaping @Sendable () -> Void) {
        DetachedThread.start { [self] in
            var watches = ports.map { VhostLinks($0) }
            poll {
                for index in watches.indices {
                    if let missing = watches[index].missing(timeout: Self.answerTimeout) { return missing }
                }
                return nil
            }
            body()
        }
    }

    /// Waits until an SSH server answers at the address, then calls `body`.
    func ssh(_ address: String, port: UInt16 = 22, then body: @escaping @Sendable () -> Void) {
        DetachedThread.start { [self] in
            poll {
                do throws(SystemError) {
                    let banner = try TCPSocket.greeting(
                        of: address, port: port, limit: 64, timeout: Self.answerTimeout,
                        greetingTimeout: Self.greetingTimeout)
                    if banner.starts(with: "SSH-".utf8) { return nil }
                    return banner.isEmpty
                        ? "\(address) accepted the connection and sent nothing"
                        : "\(address) answers, but not as an SSH server"
                } catch {
                    return "\(address): \(error.reason)"
                }
            }
            body()
        }
    }

    /// Repeats a check until it finds nothing missing.
    private func poll(_ missing: () -> String?) {
        while let found = missing() {
            last.withLock { $0 = found }
            MonotonicClock.sleep(milliseconds: Self.interval)
        }
    }
}

/// The links of one testpmd's vhost-user ports, over a connection that is reused while it works.
private struct VhostLinks {
    let ports: GuestCall.Ports
    private var connection: TelemetryConnection?

    init(_ ports: GuestCall.Ports) { self.ports = ports }

    /// Returns why a link is down; `nil` if all are up.
    mutating func missing(timeout: Int) -> String? {
        do throws(Problem) {
            let connection = try connected()
            for port in ports.numbers {
                let link = try connection.ask("/ethdev/link_status,\(port)", timeout: timeout)
                if link["status"]?.string?.uppercased() != "UP" {
                    return "port \(port) of the testpmd at \(ports.telemetry) has no link"
                }
            }
            return nil
        } catch {
            connection = nil
            return error.message
        }
    }

    private mutating func connected() throws(Problem) -> TelemetryConnection {
        if let connection { return connection }
        do throws(SystemError) {
            let new = try TelemetryConnection(ports.telemetry)
            connection = new
            return new
        } catch {
            throw Problem(
                .telemetryMissing, "no testpmd at \(ports.telemetry) (\(error.reason))",
                remedy: "systemctl status testpmd")
        }
    }
}
