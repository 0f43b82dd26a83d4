import Console
import ConsoleServer
import Diagnostics
import Linux
import Telemetry

/// Asks testpmd's telemetry about its ports within the loop: never waits, keeps its connection while that works.
final class Probe {
    private let path: String
    private var connection: TelemetryConnection?
    private var survey: PortSurvey?

    init(path: String) { self.path = path }

    /// Puts the first question; the end of the survey is an event for the server. False when there is nobody to ask.
    func start(on server: ConsoleServer) -> Bool {
        // An answer that is still out belongs to a question that was given up.
        if survey != nil { disconnect(server) }
        do {
            if let connection {
                let (survey, question) = PortSurvey.again()
                self.survey = survey
                try connection.send(question)
            } else {
                let connection = try TelemetryConnection(path)
                try server.watch(connection.descriptor.number) { [unowned self, unowned server] _ in
                    if let event = proceed(server) { server.feed(event) }
                }
                self.connection = connection
                survey = PortSurvey()
            }
            return true
        } catch {
            disconnect(server)
            return false
        }
    }

    /// Goes on with the survey; the event that it ends with, if it ends.
    private func proceed(_ server: ConsoleServer) -> Console.Event? {
        do throws(Problem) {
            while let answer = try connection?.receive() {
                guard let step = survey?.take(answer) else { continue }
                switch step {
                case .ask(let question): try connection?.send(question)
                case .done(let ports):
                    survey = nil
                    return .ports(ports.map(Console.Port.init))
                }
            }
            return nil
        } catch {
            disconnect(server)
            return .ports(nil)
        }
    }

    private func disconnect(_ server: ConsoleServer) {
        if let connection { server.forget(connection.descriptor.number) }
        connection = nil
        survey = nil
    }
}

extension Console.Port {
    init(_ port: Telemetry.Port) {
        self.init(
            port.number, isStarted: port.isStarted, isUp: port.isUp, received: Int(clamping: port.counters[.receivedPackets] ?? 0),
            sent: Int(clamping: port.counters[.sentPackets] ?? 0))
    }
}
