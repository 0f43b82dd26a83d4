import Diagnostics
import Measurement
import MeasurementResults
import TrafficGenerator

@testable import MeasurementActions

/// A chain of two NICs and a guest, and a generator at both ends, without time: a trial takes none.
final class SimulatedSetup: LoadGenerator, MeasuredChainReading, MeasurementObserver {
    /// What goes wrong in a trial.
    enum Fault {
        /// testpmd is restarted.
        case restart
        /// The guest is paused: nothing returns.
        case pause
        /// The link of a NIC goes down.
        case unplug
        /// The generator sends fewer frames.
        case short
        /// Frames for another MAC address arrive, which the generator did not send.
        case foreign
        /// Frames return in another order.
        case disorder
        /// The generator does not answer.
        case lost
    }

    /// Packets per second and direction that the guest forwards.
    var limit = 1_000_000
    /// Packets per second and direction that the generator can send.
    var reach = 10_000_000
    /// Packets per second and direction above which frames are reordered.
    var orderlyUpTo = Int.max
    /// The fault of each trial by its number from 1 on, path check and warm-up included.
    var faults: [Int: Fault] = [:]
    /// Whether port 0 is connected to the second NIC.
    var isCrossed = false
    /// The trial that a signal ends.
    var interruptedAt = Int.max
    /// What happens after the first trial of a soak.
    var duringSoak: (() -> Void)?
    /// Where the result is written, if anywhere.
    var store: ResultStore?

    private(set) var count = 0
    private(set) var steps: [String] = []
    private(set) var waits = 0
    private(set) var results = 0
    private var order = [0, 1]
    private var runs = 1
    private var isUp = true
    private var status = "running"
    /// Frames at each hop of the path that begins at each NIC.
    private var counters: [[UInt64]] = [[0, 0, 0, 0], [0, 0, 0, 0]]

    func run(_ trial: TrafficTrial) throws(Problem) -> TrafficResult {
        count += 1
        if count == interruptedAt { throw Problem(.interrupted, "interrupted", remedy: "continue") }
        let fault = faults[count]
        if fault == .lost { throw Problem(.trafficLost, "pvp-traffic: no answer", remedy: "start it") }
        let seconds = Double(trial.duration.components.seconds) + Double(trial.duration.components.attoseconds) / 1e18
        let intended = Int(Double(trial.rate) * seconds)
        var ports = [TrafficResult.Port(), TrafficResult.Port()]
        for port in 0..<2 where trial.senders.isEmpty || trial.senders.contains(port) {
            let sent = min(fault == .short ? intended / 2 : intended, Int(Double(reach) * seconds))
            let received = fault == .pause ? 0 : min(sent, Int(Double(limit) * seconds))
            ports[port].sent = sent
            ports[port].unsent = intended - sent
            ports[1 - port].received = received
            if trial.rate > orderlyUpTo || fault == .disorder { ports[1 - port].reordered = received / 2 }
            if fault == .foreign { ports[1 - port].foreign = sent }
            let path = isCrossed ? 1 - port : port
            for hop in 0..<4 { counters[path][hop] += UInt64(hop < 2 ? sent : received) }
        }
        for port in 0..<2 {
            ports[port].sendingTime = trial.duration
            ports[port].isLinkUp = true
        }
        switch fault {
        case .restart: runs += 1
        case .pause: status = "paused"
        case .unplug: isUp = false
        case .short, .foreign, .disorder, .lost, nil: break
        }
        return TrafficResult(intended: intended, ports: ports)
    }

    func hasLinks() -> Bool { true }

    func snapshot() -> ChainSnapshot {
        var snapshot = ChainSnapshot()
        snapshot.processes = ["testpmd": "\(runs)", "pvp-guest@vm1": "1"]
        snapshot.host = ["state of guest vm1": status]
        snapshot.links = ["nic0": ChainSnapshot.Link(isUp: isUp, changes: 0)]
        snapshot.paths = order.map { path in
            let peers: [(HopCounters.Peer, Bool)] = [
                (.nic("nic\(path)"), true), (.guest("vm1"), false), (.guest("vm1"), true),
                (.nic("nic\(1 - path)"), false),
            ]
            return zip(peers, counters[path]).map {
                HopCounters(testpmd: "testpmd", peer: $0.0, isReceiving: $0.1, packets: $1)
            }
        }
        return snapshot
    }

    func wait(seconds: Int) {
        waits += 1
        // What was wrong is over.
        isUp = true
        status = "running"
    }

    func order(directions: [Int]) { order = directions }
    func step(_ text: String) { steps.append(text) }
    func trial(_ trial: CompletedTrial, remaining: Duration?) {
        guard steps.last?.hasPrefix("soak") == true else { return }
        duringSoak?()
        duringSoak = nil
    }
    func changed(_ result: MeasurementResult) throws(Problem) {
        results += 1
        try store?.write(result)
    }

    /// A new measurement of this chain.
    func run(_ request: MeasurementRequest, _ result: MeasurementResult? = nil) -> MeasurementRun {
        MeasurementRun(request, of: result ?? Self.empty, on: self, chain: self, observer: self)
    }

    static let empty = MeasurementResult(
        name: "testpmd-1", version: "0", start: 0,
        chain: MeasuredChain(host: "host", testpmd: "testpmd", nics: ["nic0", "nic1"], guests: ["vm1"]),
        generator: MeasuredGenerator(kind: "builtin", version: "0", ports: ["a", "b"], cpus: "1-2"),
        profile: TrafficProfile(
            flows: 1, hasIPv6: false, directions: ["nic0 to nic1", "nic1 to nic0"], destinations: []))
}
