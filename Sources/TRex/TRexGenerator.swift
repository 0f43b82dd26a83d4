package import Diagnostics
package import TrafficGenerator

/// TRex as a traffic generator, by its RPC server: two ports, between which the chain forwards.
///
/// What differs from pvp-traffic: frames have no trial number, so that late, foreign, duplicated
/// and reordered frames are counted as received; the traffic is stopped by a message, so that a
/// trial is up to 100 ms longer than intended; and latencies are not measured.
package final class TRexGenerator: LoadGenerator {
    private let connection: TRexConnection
    private let ports: [Int]
    private let limits: TRexLimits
    private var session: TRexSession?
    /// Whether the last command failed, so that the state of TRex is unknown.
    private var hasFailed = false

    /// The release of TRex, as it writes it: `v3.08`.
    package let version: String

    /// Connects and acquires the ports, which stay acquired until ``close()``. The address is
    /// `HOST[:PORT]`; the first port is that whose frames arrive at the other one.
    /// - Throws: `library-missing` without libzmq, `trex-address`, `trex-silent`, `trex-version`,
    ///   `trex-busy`, `trex-refused`, `trex-malformed`.
    package init(
        address: String, ports: [Int], limits: TRexLimits = TRexLimits(), timeout: Duration = .seconds(5)
    ) throws(Problem) {
        guard ports.count == 2, ports[0] != ports[1], ports.allSatisfy({ (0...255).contains($0) }) else {
            throw Problem(
                .trexAddress, "TRex: expected two different ports from 0 to 255, got \(ports)",
                remedy: "set two ports, such as 0 and 1")
        }
        connection = try TRexConnection(TRexAddress(address), timeout: timeout)
        self.ports = ports
        self.limits = limits
        let session = try TRexSession(connection, ports: ports)
        self.session = session
        version = session.version
    }

    deinit { close() }

    /// Stops traffic and releases the ports. A later trial acquires them again.
    package func close() {
        session?.release()
        session = nil
    }

    /// TRex itself waits for links.
    package func hasLinks() -> Bool { true }

    /// Runs a trial. After an error the next trial begins with stopping what still runs.
    /// - Throws: `traffic-refused` for a trial that TRex cannot run, and the errors of
    ///   ``init(address:ports:limits:timeout:)``.
    package func run(_ trial: TrafficTrial) throws(Problem) -> TrafficResult {
        try Self.check(trial)
        do throws(Problem) {
            if session == nil || hasFailed {
                // TRex may have been restarted.
                session = try TRexSession(connection, ports: ports, previous: session)
                hasFailed = false
            }
            guard let session else { return TrafficResult(intended: 0, ports: []) }
            return try TRexTrial(session, trial, limits: limits).run()
        } catch {
            hasFailed = true
            throw error
        }
    }

    private static func check(_ trial: TrafficTrial) throws(Problem) {
        func refuse(_ reason: String, _ remedy: String) -> Problem {
            Problem(.trafficRefused, "TRex: \(reason)", remedy: remedy)
        }
        if trial.hasLatency {
            throw refuse("latency is not supported with TRex", "measure latency with Kind=builtin in [Generator]")
        }
        let sizes = (trial.hasIPv6 ? 84 : 64)...2048
        guard !trial.sizes.isEmpty, trial.sizes.allSatisfy(sizes.contains) else {
            throw refuse("expected frame sizes of \(sizes.lowerBound) to 2048 bytes", "correct the sizes")
        }
        let flows = 1...(Int(UInt16.max) - Int(TRexFrame.firstPort) + 1)
        guard flows.contains(trial.flows) else {
            throw refuse("expected 1 to \(flows.upperBound) flows, got \(trial.flows)", "correct the flows")
        }
        guard trial.rate > 0, trial.duration > .zero else {
            throw refuse("expected a rate and a duration above 0", "correct the trial")
        }
        guard trial.senders.allSatisfy((0...1).contains) else {
            throw refuse("expected senders 0 and 1, got \(trial.senders)", "correct the senders")
        }
    }
}
