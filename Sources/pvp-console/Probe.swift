import Console
import ConsoleServer
import Diagnostics
import Telemetry

/// Asks testpmd's telemetry about its ports within the loop: what a watch finds out is an event for
/// the console.
final class Probe {
    private let watch: PortWatch
    private var watched: Int32?

    init(path: String) { watch = PortWatch(path) }

    /// Begins a survey, whose end is an event for the server. False if testpmd has no telemetry
    /// socket.
    func start(on server: ConsoleServer) -> Bool {
        // Before the watch may close it.
        forget(server)
        do {
            try watch.begin()
            guard let number = watch.descriptor else { return false }
            try server.watch(number) { [unowned self, unowned server] _ in proceed(server) }
            watched = number
            return true
        } catch {
            return false
        }
    }

    private func proceed(_ server: ConsoleServer) {
        do throws(Problem) {
            guard let ports = try watch.proceed() else { return server.feed(.answered) }
            forget(server)
            server.feed(.ports(ports.map(Console.Port.init)))
        } catch {
            forget(server)
            server.feed(.ports(nil))
        }
    }

    private func forget(_ server: ConsoleServer) {
        if let watched { server.forget(watched) }
        watched = nil
    }
}

extension Console.Port {
    init(_ port: Telemetry.Port) {
        self.init(
            port.number, isStarted: port.isStarted, isUp: port.isUp,
            received: Int(clamping: port.counters[.receivedPackets] ?? 0),
            sent: Int(clamping: port.counters[.sentPackets] ?? 0))
    }
}
