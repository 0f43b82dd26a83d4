import Console
import Diagnostics
import Linux
import Telemetry

/// Asks testpmd's telemetry about its ports within the loop: never waits, keeps its connection while that works.
final class Probe {
    private let path: String
    private let epoll: Epoll
    private var connection: TelemetryConnection?
    private var survey: PortSurvey?

    init(path: String, epoll: Epoll) {
        self.path = path
        self.epoll = epoll
    }

    /// Whether this descriptor is the one of the connection.
    func owns(_ descriptor: Int32) -> Bool { connection?.descriptor.number == descriptor }

    /// Puts the first question. False when there is nobody to ask.
    func start() -> Bool {
        // An answer that is still out belongs to a question that was given up.
        if survey != nil { disconnect() }
        do {
            if let connection {
                let (survey, question) = PortSurvey.again()
                self.survey = survey
                try connection.send(question)
            } else {
                let connection = try TelemetryConnection(path)
                try epoll.set(connection.descriptor.number, .read)
                self.connection = connection
                survey = PortSurvey()
            }
            return true
        } catch {
            disconnect()
            return false
        }
    }

    /// Goes on with the survey. The event that it ends with, if it ends.
    func proceed() -> Console.Event? {
        do throws(Problem) {
            while let answer = try connection?.receive() {
                guard let step = survey?.take(answer) else { continue }
                switch step {
                case .ask(let question): try connection?.send(question)
                case .done(let ports):
                    survey = nil
                    return .ports(ports.map { Console.Port($0.number, isStarted: $0.isStarted, isUp: $0.isUp) })
                }
            }
            return nil
        } catch {
            disconnect()
            return .ports(nil)
        }
    }

    private func disconnect() {
        if let connection { epoll.remove(connection.descriptor.number) }
        connection = nil
        survey = nil
    }
}
