import Diagnostics
import HelperCalls
import JSON
import Libvirt
import Linux
import Synchronization
import Telemetry

/// Looks, on a thread of its own, for what the outside shows of a guest that has come up.
final class ReadinessWatch: Sendable {
    /// A look takes much less than this; between two there are so many milliseconds.
    private static let interval = 100
    /// How long one answer may take, in milliseconds.
    private static let patience = 1000
    /// How long an SSH server that has the connection may take to say something: each new one costs
    /// a guest that is still booting a process.
    private static let greetingPatience = 20_000

    private let last = Mutex("not checked yet")

    /// What the last look saw.
    var seen: String { last.withLock { $0 } }

    /// Says what was seen, for those who do not look.
    func saw(_ what: String) { last.withLock { $0 = what } }

    /// Looks until all these ports have a link, and calls `body` then.
    func vhosts(_ ports: [GuestCall.Ports], then body: @escaping @Sendable () -> Void) {
        DetachedThread.start { [self] in
            var watches = ports.map { VhostLinks($0) }
            look {
                for index in watches.indices {
                    if let missing = watches[index].missing(timeout: Self.patience) { return missing }
                }
                return nil
            }
            body()
        }
    }

    /// Looks until an SSH server answers at the address, and calls `body` then.
    func ssh(_ address: String, port: UInt16 = 22, then body: @escaping @Sendable () -> Void) {
        DetachedThread.start { [self] in
            look {
                do throws(SystemError) {
                    let banner = try TCPSocket.greeting(
                        of: address, port: port, limit: 64, timeout: Self.patience, patience: Self.greetingPatience)
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

    /// Looks again and again until nothing is missing.
    private func look(_ missing: () -> String?) {
        while let found = missing() {
            last.withLock { $0 = found }
            MonotonicClock.sleep(milliseconds: Self.interval)
        }
    }
}

/// The links of one testpmd's vhost-user ports, over a connection that is kept as long as it lives.
private struct VhostLinks {
    let ports: GuestCall.Ports
    private var connection: TelemetryConnection?

    init(_ ports: GuestCall.Ports) { self.ports = ports }

    /// Why they are not all up; `nil` when they are.
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
