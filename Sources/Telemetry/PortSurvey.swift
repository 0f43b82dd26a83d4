package import JSON

/// Asks telemetry about every port, one question after the other: answers in, questions out,
/// without a descriptor.
package struct PortSurvey {
    /// What comes next.
    package enum Step: Hashable, Sendable {
        /// Put this question.
        case ask(String)
        /// All ports that there are.
        case done([Port])
    }

    private enum Question {
        case greeting, list, info, link, counters
    }

    private var question: Question
    /// Ports that are still to be asked about, the next one last.
    private var numbers: [Int] = []
    private var ports: [Port] = []
    /// What is known of the port that is being asked about.
    private var port = Port(number: 0)

    /// A survey on a connection whose greeting is still to come.
    package init() { question = .greeting }

    /// A survey on a connection that has answered before; begins with the question that comes back.
    package static func again() -> (survey: PortSurvey, question: String) {
        var survey = PortSurvey()
        survey.question = .list
        return (survey, "/ethdev/list")
    }

    /// Takes the answer to the question before, or the greeting. A port that gives no answer is not
    /// started.
    package mutating func take(_ answer: JSON) -> Step {
        let value = TelemetryConnection.value(answer)
        switch question {
        case .greeting:
            question = .list
            return .ask("/ethdev/list")
        case .list:
            numbers = (value.array ?? []).compactMap { $0.whole.flatMap { Int(exactly: $0) } }.reversed()
            return nextPort()
        case .info:
            port.take(info: value)
            // A query of the link accesses the hardware, and a port that is just being started
            // fails when two do.
            guard port.isStarted else { return finishPort() }
            return ask(.link, "/ethdev/link_status")
        case .link:
            port.take(link: value)
            return port.isStarted ? ask(.counters, "/ethdev/stats") : finishPort()
        case .counters:
            port.take(counters: value)
            return finishPort()
        }
    }

    private mutating func ask(_ question: Question, _ name: String) -> Step {
        self.question = question
        return .ask("\(name),\(port.number)")
    }

    private mutating func finishPort() -> Step {
        ports.append(port)
        return nextPort()
    }

    private mutating func nextPort() -> Step {
        guard let number = numbers.popLast() else { return .done(ports) }
        port = Port(number: number)
        return ask(.info, "/ethdev/info")
    }
}
