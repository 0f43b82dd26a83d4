import Diagnostics
import HelperCalls
import Linux
import SystemdBus
import TrafficGenerator

/// pvp-traffic as a unit of this host, for the time of a measurement.
final class GeneratorUnit {
    let connection: GeneratorConnection
    private let unit: String
    private let manager: ServiceManager

    /// Milliseconds in which pvp-traffic has to listen: EAL takes seconds with many hugepages.
    private static let limit = 60_000

    /// Starts the unit and connects to it. Throws `generator-failed` with the unit's last message,
    /// and what ``ServiceManager`` throws.
    init(_ name: String, on manager: ServiceManager) throws(Problem) {
        unit = "pvp-traffic@\(name).service"
        self.manager = manager
        // A process that a former measurement left behind would have the ports.
        try manager.perform(.restart([unit]))
        let socket = TrafficCall.socket(of: name)
        let end = MonotonicClock.now + Self.limit
        while true {
            if let connection = try? GeneratorConnection(socket) {
                self.connection = connection
                return
            }
            let state = try manager.properties(of: unit)
            guard state.activeState == "active", MonotonicClock.now < end else {
                let message = UnitJournal.lastWarning(of: unit)
                try? manager.perform(.stop([unit]))
                throw Problem(
                    .generatorFailed, "\(unit): \(message.isEmpty ? "does not listen on \(socket)" : message)",
                    remedy: "run 'journalctl -u \(unit)'")
            }
            MonotonicClock.sleep(milliseconds: 100)
        }
    }

    deinit { try? manager.perform(.stop([unit])) }
}
