package import Diagnostics
import Linux
package import Measurement
package import Plan
package import SystemdBus
import Telemetry
import Traffic

/// Reads the state and the counters of a chain.
package final class ChainReader: MeasuredChainReading {
    package let path: MeasuredPath
    /// The paths in the order of the directions of the generator; those of the path until the
    /// wiring is known.
    private var directions: [PacketPath]
    private let manager: ServiceManager
    private let units: [String]
    private let watches: [(testpmd: String, watch: PortWatch)]

    /// Milliseconds in which all testpmds have to answer.
    private static let limit = 5000

    package init(_ path: MeasuredPath, of plan: Plan, on manager: ServiceManager) {
        self.path = path
        self.manager = manager
        directions = path.paths
        let testpmds = path.testpmds
        units = testpmds.map { $0 + ".service" } + path.guests.map { "pvp-guest@\($0).service" }
        watches = plan.testpmds.filter { testpmds.contains($0.name) }.map { ($0.name, PortWatch($0.telemetry)) }
    }

    package func order(directions indices: [Int]) { directions = indices.map { path.paths[$0] } }

    /// The chain now. A unit that is not active and a port without an answer are part of it: what
    /// differs between two readings makes a trial invalid. Throws what ``ServiceManager`` throws.
    package func snapshot() throws(Problem) -> ChainSnapshot {
        var snapshot = ChainSnapshot()
        for properties in try manager.properties(of: units) {
            let name = properties.id.hasSuffix(".service") ? String(properties.id.dropLast(8)) : properties.id
            // A process that runs again has another number.
            snapshot.processes[name] =
                properties.activeState == "active" ? "\(properties.mainPID)" : "not active"
            // A guest that is paused still has its process.
            if let guest = path.guests.first(where: { name == "pvp-guest@\($0)" }) {
                snapshot.host["state of guest \(guest)"] = properties.statusText
            }
        }
        let ports = ports()
        for hop in path.paths.flatMap(\.hops) {
            guard let port = ports[hop.testpmd]?.first(where: { $0.number == hop.port }) else { continue }
            snapshot.links[hop.role.name] = ChainSnapshot.Link(isUp: port.isUp, changes: 0)
            snapshot.host["MAC address of \(hop.role.name)"] = port.address
            snapshot.host["promiscuous mode of \(hop.role.name)"] = port.isPromiscuous.map { $0 ? "on" : "off" }
        }
        let counters = directions.map { MeasuredPath.counters(of: $0, in: ports) }
        snapshot.paths = counters.contains { $0 == nil } ? [] : counters.compactMap { $0 }
        return snapshot
    }

    /// The ports of each testpmd that answers.
    private func ports() -> [String: [Port]] {
        let answers = PortWatch.survey(watches.map(\.watch), timeout: Self.limit)
        var ports: [String: [Port]] = [:]
        for (entry, answer) in zip(watches, answers) {
            if case .success(let found) = answer { ports[entry.testpmd] = found }
        }
        return ports
    }

    /// What is not ready: a unit that is not active, or a link that is down; `nil` if the chain is.
    package func obstacle() throws(Problem) -> String? {
        let snapshot = try snapshot()
        if let name = snapshot.processes.keys.sorted().first(where: { snapshot.processes[$0] == "not active" }) {
            return "\(name) is not active"
        }
        if let guest = path.guests.first(where: { snapshot.host["state of guest \($0)"] == "paused" }) {
            return "guest \(guest) is paused"
        }
        if snapshot.paths.isEmpty { return "\(path.testpmds.joined(separator: ", ")): telemetry does not answer" }
        let down = snapshot.links.keys.sorted().first { snapshot.links[$0]?.isUp != true }
        return down.map { "the link of \($0) is down" }
    }

    /// Waits until the chain is ready, at most for a time in seconds. Throws `chain-not-ready`.
    package func wait(seconds: Int) throws(Problem) {
        let end = MonotonicClock.now + seconds * 1000
        while let obstacle = try obstacle() {
            guard MonotonicClock.now < end else {
                throw Problem(
                    .chainNotReady, "\(path.testpmd): \(obstacle)",
                    remedy: "run 'pvpgen start', then 'pvpgen verify'")
            }
            MonotonicClock.sleep(milliseconds: 500)
        }
    }
}
