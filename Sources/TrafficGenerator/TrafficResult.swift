package import Diagnostics
package import JSON
package import Measurement

/// What a generator counted in one trial, or the reflector of pvp-traffic since its last command.
package struct TrafficResult: Hashable, Sendable {
    /// The counters of one port. Numbers of frames, unless stated otherwise.
    package struct Port: Hashable, Sendable {
        /// Frames to send, if another number than that of the trial.
        package var intended: Int?
        /// Frames that the port sent.
        package var sent: Int
        /// Frames whose time had passed: the generator was late, or the transmit queue was full.
        package var unsent: Int
        /// Frames of this trial that arrived at the port, from the other one.
        package var received: Int
        package var duplicated: Int
        package var reordered: Int
        /// Frames of an earlier trial.
        package var late: Int
        /// Frames that the generator did not send.
        package var foreign: Int
        /// Frames that the port dropped: missed, without a buffer, or with an error.
        package var dropped: Int
        /// The longest time between two polls while the trial ran.
        package var longestGap: Duration
        /// The time in which the port sent.
        package var sendingTime: Duration
        package var isLinkUp: Bool
        /// Latencies, if they were asked for.
        package var latency: LatencyHistogram?

        /// A port that has counted nothing.
        package init() {
            sent = 0
            unsent = 0
            received = 0
            duplicated = 0
            reordered = 0
            late = 0
            foreign = 0
            dropped = 0
            longestGap = .zero
            sendingTime = .zero
            isLinkUp = false
        }
    }

    /// Frames to send in each direction.
    package var intended: Int
    package var ports: [Port]
    /// Faults of the generator that no counter shows, such as a CPU load that is too high.
    package var faults: [String] = []
    /// Whether no frame arrived any more before the counters were read.
    package var isQuiet = true
    /// How precisely the sending time is known.
    package var timePrecision = Duration.zero
    /// How much longer than intended the generator may send, because it is stopped from outside.
    package var excessTime = Duration.zero

    package init(intended: Int, ports: [Port]) {
        self.intended = intended
        self.ports = ports
    }

    /// Reads an answer of pvp-traffic. Throws `traffic-refused` for an error in it,
    /// `json-malformed` for an answer of another form.
    package init(_ json: JSON) throws(Problem) {
        if let error = json["error"]?.string {
            throw Problem(.trafficRefused, "pvp-traffic: \(error)", remedy: "correct the trial")
        }
        guard let ports = json["ports"]?.array else { throw Self.malformed }
        self.ports = []
        for port in ports { self.ports.append(try Port(port)) }
        intended = json["intended"]?.int ?? 0
    }

    fileprivate static let malformed = Problem(
        .jsonMalformed, "pvp-traffic: expected an answer with counters", remedy: "install one release of pvpgen")

    /// The counters by direction, for the verdict on the trial. A direction has the frames that a
    /// port sends, and those that the other one, or the same if it is alone, receives.
    package var directions: [DirectionCounts] {
        ports.indices.compactMap { index in
            let (sender, receiver) = (ports[index], ports[ports.count - 1 - index])
            guard sender.sent + sender.unsent > 0 else { return nil }
            var counts = DirectionCounts(
                name: "\(index) to \(ports.count - 1 - index)", intended: sender.intended ?? intended,
                sent: sender.sent,
                received: receiver.received)
            counts.dropped = receiver.dropped
            counts.foreign = receiver.foreign
            counts.late = receiver.late
            counts.duplicated = receiver.duplicated
            counts.reordered = receiver.reordered
            return counts
        }
    }

    /// What was observed, for the verdict on the trial.
    package func observation(of input: TrialInput, before: ChainSnapshot, after: ChainSnapshot) -> TrialObservation {
        var observation = TrialObservation(
            input: input, sendingTime: ports.map(\.sendingTime).max() ?? .zero, isQuiet: isQuiet,
            longestPollGap: ports.map(\.longestGap).max() ?? .zero, directions: directions, before: before,
            after: after)
        observation.faults = faults
        observation.timePrecision = timePrecision
        observation.excessTime = excessTime
        return observation
    }
}

extension TrafficResult.Port {
    fileprivate init(_ json: JSON) throws(Problem) {
        self.init()
        func number(_ name: String) throws(Problem) -> Int {
            guard let value = json[name]?.int else { throw TrafficResult.malformed }
            return value
        }
        sent = try number("sent")
        unsent = try number("unsent")
        received = try number("received")
        duplicated = try number("duplicate")
        reordered = try number("reordered")
        late = try number("late")
        foreign = try number("foreign")
        dropped = try number("missed") + number("no_buffer") + number("errors")
        longestGap = .nanoseconds(try number("max_gap_ns"))
        sendingTime = .nanoseconds(try number("duration_ns"))
        isLinkUp = json["link"] == true
        latency = try json["latency"].map { json throws(Problem) in try LatencyHistogram(json) }
    }
}
