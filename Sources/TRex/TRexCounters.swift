import Diagnostics
import JSON

/// TRex's counters at one moment. Reading does not disturb a device under test, but is work for
/// TRex, so that they are read before and after the traffic only.
struct TRexCounters: Hashable {
    /// `get_port_stats`
    struct Port: Hashable {
        /// Frames that the NIC sent.
        var sent: Int
        /// Frames that the NIC delivered, of whichever sender.
        var received: Int
        /// Frames that the NIC dropped: missed, without a buffer, or with an error.
        var receiveErrors: Int
        /// Frames that the NIC failed to send.
        var sendErrors: Int
    }

    var ports: [Port]
    /// How often a transmit queue was full, over all ports of TRex, as the two below.
    var fullQueues: Int
    /// How often no packet buffer was free.
    var missingBuffers: Int
    /// Frames dropped before a queue, for example because the link is down.
    var queueDrops: Int

    /// Reads the counters of the session's ports.
    /// - Throws: `trex-malformed`, and what ``TRexConnection`` throws.
    init(_ session: TRexSession) throws(Problem) {
        let commands = session.ports.map { session.command("get_port_stats", $0) }
        let answers = try session.connection.call(commands + [session.command("get_global_stats")])
        func number(_ json: JSON, _ name: String, _ method: String) throws(Problem) -> Int {
            guard let value = json[name]?.int else {
                throw Problem(session.connection.address, answers: method, without: "the number \(name)")
            }
            return value
        }
        ports = []
        for answer in answers.dropLast() {
            func port(_ name: String) throws(Problem) -> Int { try number(answer, name, "get_port_stats") }
            ports.append(
                Port(
                    sent: try port("opackets"), received: try port("ipackets"), receiveErrors: try port("ierrors"),
                    sendErrors: try port("oerrors")))
        }
        let global = answers[answers.count - 1]
        func total(_ name: String) throws(Problem) -> Int { try number(global, name, "get_global_stats") }
        fullQueues = try total("m_total_queue_full")
        missingBuffers = try total("m_total_alloc_error")
        queueDrops = try total("m_total_queue_drop")
    }

    private init(ports: [Port], fullQueues: Int, missingBuffers: Int, queueDrops: Int) {
        self.ports = ports
        self.fullQueues = fullQueues
        self.missingBuffers = missingBuffers
        self.queueDrops = queueDrops
    }

    /// What was counted since `before`.
    static func - (after: TRexCounters, before: TRexCounters) -> TRexCounters {
        TRexCounters(
            ports: zip(after.ports, before.ports).map { after, before in
                Port(
                    sent: after.sent - before.sent, received: after.received - before.received,
                    receiveErrors: after.receiveErrors - before.receiveErrors,
                    sendErrors: after.sendErrors - before.sendErrors)
            },
            fullQueues: after.fullQueues - before.fullQueues,
            missingBuffers: after.missingBuffers - before.missingBuffers,
            queueDrops: after.queueDrops - before.queueDrops)
    }
}

/// The utilization of TRex's sending threads (`get_utilization`).
struct TRexUtilization {
    /// The highest utilization of a thread that serves one of the ports, in percent; 0 if unknown.
    let highest: Int

    /// Reads the latest samples, each of one second. The specification has a list for each thread,
    /// releases of TRex an object with the ports of the thread.
    init(_ json: JSON, ports: [Int], samples: Int) {
        var highest = 0
        for thread in json["cpu"]?.array ?? [] {
            let served = thread["ports"]?.array?.compactMap(\.int)
            if let served, !served.contains(where: ports.contains) { continue }
            let history = (thread["history"] ?? thread).array ?? []
            highest = max(highest, history.prefix(samples).compactMap(\.int).max() ?? 0)
        }
        self.highest = highest
    }
}
