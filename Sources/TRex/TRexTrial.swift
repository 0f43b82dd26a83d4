import Diagnostics
import JSON
import Linux
import Measurement
import TrafficGenerator

/// One trial with TRex, from its streams to its counters.
struct TRexTrial {
    private let session: TRexSession
    private let trial: TrafficTrial
    private let limits: TRexLimits
    /// Indices of the session's ports that send.
    private let senders: [Int]

    init(_ session: TRexSession, _ trial: TrafficTrial, limits: TRexLimits) {
        self.session = session
        self.trial = trial
        self.limits = limits
        senders = session.ports.indices.filter { trial.senders.isEmpty || trial.senders.contains($0) }
    }

    /// Runs the trial.
    /// - Throws: what ``TRexConnection`` throws. Traffic is stopped, unless TRex does not answer.
    func run() throws(Problem) -> TrafficResult {
        try prepare()
        let before = try TRexCounters(session)
        var observation = TRexObservation(trial, senders: senders, cores: session.cores, limits: limits)
        observation.links = try links()
        // TRex does not start on a link that is down.
        guard senders.allSatisfy({ observation.links[$0] }) else { return observation.result }
        do throws(Problem) {
            let start = try startTraffic()
            MonotonicClock.wait(until: start.end)
            try stopTraffic(&observation, start: start.time)
        } catch {
            if error.code != .trexSilent { _ = try? session.connection.send(stopCommands) }
            throw error
        }
        try drain(&observation, since: before)
        for (index, isUp) in try links().enumerated() where !isUp { observation.links[index] = false }
        return observation.result
    }

    private func links() throws(Problem) -> [Bool] {
        var links: [Bool] = []
        for port in session.ports { links.append(try session.status(of: port.number).isLinkUp) }
        return links
    }

    private var stopCommands: [TRexConnection.Command] {
        senders.map { session.command("stop_traffic", session.ports[$0]) }
    }

    /// Removes what an earlier session left, and adds the streams of the trial.
    private func prepare() throws(Problem) {
        for port in session.ports where try session.status(of: port.number).isSending {
            _ = try session.connection.call([session.command("stop_traffic", port, [.init("profile_id", "*")])])
        }
        var commands: [TRexConnection.Command] = []
        for port in session.ports {
            // Of all profiles; the default one is "_".
            commands.append(session.command("remove_all_streams", port, [.init("profile_id", "*")]))
            commands.append(session.command("remove_all_streams", port))
            // In service mode the receiving thread looks at each frame.
            commands.append(session.command("service", port, [.init("enabled", false)]))
        }
        _ = try session.connection.call(commands)
        let frames = TrialFrames(sizes: trial.sizes, flows: trial.flows, hasIPv6: trial.hasIPv6)
        for index in senders {
            let port = session.ports[index]
            let given = trial.destinations.indices.contains(index) ? trial.destinations[index] : nil
            let streams = TRexStream.streams(
                frames, rate: trial.rate, sender: index, from: port.address,
                to: given ?? session.ports[1 - index].address)
            let commands = streams.enumerated().map { id, stream in
                session.command(
                    "add_stream", port, [.init("stream_id", .number(id + 1)), .init("stream", stream.json)])
            }
            _ = try session.connection.call(commands)
        }
    }

    /// TRex's clock in seconds.
    private func time(_ json: JSON) throws(Problem) -> Double {
        guard let time = json["ts"]?.double else {
            throw Problem(session.connection.address, answers: "ping", without: "a time")
        }
        return time
    }

    /// Starts all senders at one moment. Returns it by TRex's clock, and its end by that of this
    /// host, which is never too early: TRex has read its clock before this host does.
    private func startTraffic() throws(Problem) -> (time: Double, end: Int) {
        let start = try time(try session.connection.call("ping")) + limits.leadTime.seconds
        let end = MonotonicClock.microseconds + (limits.leadTime + trial.duration).microseconds
        let parameters: [JSON.Member] = [
            // Without an end: TRex's own clock stretches a duration if it cannot send in time.
            .init("duration", .number("-1.0")), .init("force", false),
            .init("mul", ["type": "raw", "op": "abs", "value": .number("1.0")]),
            .init("start_at_ts", .number("\(start)")),
        ]
        let commands = senders.map { session.command("start_traffic", session.ports[$0], parameters) }
        _ = try session.connection.call(commands)
        return (start, end)
    }

    /// Stops the senders one after the other, with TRex's time before and after each.
    private func stopTraffic(_ observation: inout TRexObservation, start: Double) throws(Problem) {
        let ping = TRexConnection.Command("ping")
        let commands = [ping] + stopCommands.flatMap { [$0, ping] } + [session.command("get_utilization")]
        let answers = try session.connection.call(commands)
        for (index, sender) in senders.enumerated() {
            let earliest = try time(answers[2 * index]) - start
            let latest = try time(answers[2 * index + 2]) - start
            observation.sendingTimes[sender] = TRexObservation.SendingTime(earliest: earliest, latest: latest)
        }
        observation.cpuLoad =
            TRexUtilization(
                answers[answers.count - 1], ports: session.ports.map(\.number),
                samples: max(1, Int(trial.duration.components.seconds))
            ).highest
    }

    /// Waits until the counters do not change any more, and all frames that should have been sent
    /// are counted: some NICs update their counters late.
    private func drain(_ observation: inout TRexObservation, since before: TRexCounters) throws(Problem) {
        let end = MonotonicClock.now + limits.drainTime.milliseconds
        var last = try TRexCounters(session)
        var quietSince = MonotonicClock.now
        while true {
            MonotonicClock.sleep(milliseconds: 50)
            let counters = try TRexCounters(session)
            let now = MonotonicClock.now
            if counters.ports != last.ports { quietSince = now }
            last = counters
            observation.counters = counters - before
            observation.isQuiet = now - quietSince >= limits.quietTime.milliseconds
            if now >= end || observation.isQuiet && observation.isComplete { return }
        }
    }
}

extension MonotonicClock {
    /// Waits; signals do not end it early.
    static func wait(until time: Int) {
        while case let rest = time - microseconds, rest > 0 { sleep(milliseconds: (rest + 999) / 1000) }
    }
}
