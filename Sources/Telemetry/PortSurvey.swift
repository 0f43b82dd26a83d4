public import JSON

/// Asks telemetry about every port, one question after the other: answers in, questions out, without a descriptor.
public struct PortSurvey {
    /// A port as telemetry shows it.
    public struct Port: Hashable, Sendable {
        /// DPDK's number for it.
        public var number: Int
        /// Whether the program has started it. True where telemetry does not tell (it has no `/ethdev/info` before DPDK 22.07).
        public var isStarted: Bool
        /// Whether its link is up.
        public var isUp: Bool
    }

    /// What comes next.
    public enum Step: Hashable, Sendable {
        /// Put this question.
        case ask(String)
        /// All ports that there are.
        case done([Port])
    }

    private enum Question {
        case greeting, list, info, link
    }

    private var question: Question
    private var numbers: [Int] = []
    private var ports: [Port] = []
    private var isStarted = false

    /// A survey on a connection whose greeting is still to come.
    public init() { question = .greeting }

    /// A survey on a connection that has answered before; begins with the question that comes back.
    public static func again() -> (survey: PortSurvey, question: String) {
        var survey = PortSurvey()
        survey.question = .list
        return (survey, "/ethdev/list")
    }

    /// Takes the answer to the question before, or the greeting. A port that gives no answer is not started.
    public mutating func take(_ answer: JSON) -> Step {
        let value = TelemetryConnection.value(answer)
        switch question {
        case .greeting:
            question = .list
            return .ask("/ethdev/list")
        case .list:
            numbers = (value.array ?? []).compactMap(\.int).reversed()
            return nextPort()
        case .info:
            isStarted = value == .null || value["dev_started"]?.int == 1 || value["dev_started"] == .bool(true)
            // A question about the link makes the driver talk to the hardware, and a port that is just being started fails when two do.
            guard isStarted else {
                if let number = numbers.popLast() { ports.append(Port(number: number, isStarted: false, isUp: false)) }
                return nextPort()
            }
            question = .link
            return .ask("/ethdev/link_status,\(numbers.last ?? 0)")
        case .link:
            let status = value["status"]?.string
            if let number = numbers.popLast() {
                ports.append(Port(number: number, isStarted: isStarted && status != nil, isUp: status?.uppercased() == "UP"))
            }
            return nextPort()
        }
    }

    private mutating func nextPort() -> Step {
        guard let number = numbers.last else { return .done(ports) }
        question = .info
        return .ask("/ethdev/info,\(number)")
    }
}
