package import Diagnostics
import JSON
import Linux
import Measurement
package import MeasurementResults
package import Plan
import SystemdBus
import Telemetry
import Traffic
import TrafficGenerator

/// The measurement of one chain on this host: the generator is started for it, and stopped after
/// it.
package struct MeasurementSession {
    private let plan: Plan
    private let generator: GeneratorPlan
    private let request: MeasurementRequest
    private let version: String
    private let signals: Signals
    private let path: MeasuredPath

    /// - Throws: `chain-not-ready` if frames cannot cross the plan.
    package init(
        _ request: MeasurementRequest, of generator: GeneratorPlan, in plan: Plan, version: String
    ) throws(Problem) {
        guard let path = MeasuredPath(of: generator, in: plan) else {
            throw Problem(
                .chainNotReady, "generator \(generator.name): \(generator.testpmd) has no path from NIC to NIC",
                remedy: "run 'pvpgen plan' and check that a guest is between the NICs")
        }
        self.plan = plan
        self.generator = generator
        self.request = request
        self.version = version
        do throws(SystemError) {
            signals = try Signals([Signal.term, Signal.int, Signal.hup])
        } catch {
            throw error.problem(.systemFailed, remedy: "raise the limit of open files")
        }
        self.path = path
    }

    /// Checks whether frames cross the chain. Throws what starts and runs the generator.
    package func check(_ observer: any MeasurementObserver) throws(Problem) -> [PathCheck] {
        let manager = try ServiceManager()
        let started = try start(on: manager)
        return try withExtendedLifetime(started) { () throws(Problem) in
            try run(started, on: manager, result: newResult(started.measured), observer).check()
        }
    }

    /// Measures, or continues a measurement; the observer gets the result after each trial. A
    /// signal or an error ends it; then the result is marked as interrupted.
    /// - Throws: what starts the generator, `path-broken`, and what reads the host; there is no
    ///   result then.
    package func measure(
        resuming earlier: MeasurementResult?, _ observer: any MeasurementObserver
    ) throws(Problem) -> (result: MeasurementResult, end: Problem?) {
        let manager = try ServiceManager()
        let before = try HostState(of: plan, on: manager, version: version)
        let started = try start(on: manager)
        defer { withExtendedLifetime(started) {} }
        var begun = newResult(started.measured)
        begun.reportBefore = before.report
        begun.deviations = before.deviations
        if let earlier { begun = earlier }
        begun.isInterrupted = false
        let run = run(started, on: manager, result: begun, observer)
        let checks = try run.check()
        if let broken = checks.first(where: { $0.obstacle != nil }) {
            throw Problem(
                .pathBroken, broken.text, remedy: "check that stage; 'pvpgen measure --check' checks the path alone")
        }
        var end: Problem?
        do throws(Problem) {
            try run.measure()
        } catch {
            end = error
        }
        var result = run.result
        result.isInterrupted = end != nil
        result.end = MonotonicClock.sinceEpoch / 1000
        do throws(Problem) {
            let after = try HostState(of: plan, on: manager, version: version)
            result.reportAfter = after.report
            result.faults += before.changes(to: after)
        } catch {
            // What was measured is kept; without the host's state it is no valid result.
            result.faults.append("the host was not read after the measurement: \(error.message)")
        }
        return (result, end)
    }

    private func start(on manager: ServiceManager) throws(Problem) -> StartedGenerator {
        try StartedGenerator(generator, version: version, interruption: signals.descriptor.number, on: manager)
    }

    private func run(
        _ started: StartedGenerator, on manager: ServiceManager, result: MeasurementResult,
        _ observer: any MeasurementObserver
    ) -> MeasurementRun {
        MeasurementRun(
            request, of: result, on: started.load, chain: ChainReader(path, of: plan, on: manager), observer: observer)
    }

    private func newResult(_ generator: MeasuredGenerator) -> MeasurementResult {
        let host = (try? Root.machine.text("/proc/sys/kernel/hostname")) ?? "localhost"
        let time = MonotonicClock.date.filter { $0 != "-" && $0 != ":" }
        let chain = MeasuredChain(
            host: host, testpmd: path.testpmd, nics: path.nics, guests: path.guests, linkSpeed: linkSpeed)
        return MeasurementResult(
            name: "\(path.testpmd)-\(time)", version: version, start: MonotonicClock.sinceEpoch / 1000, chain: chain,
            generator: generator,
            profile: TrafficProfile(
                flows: request.flows, hasIPv6: request.hasIPv6, directions: path.paths.map(Self.name),
                destinations: []))
    }

    private static func name(_ path: PacketPath) -> String {
        "\(path.hops.first?.role.name ?? "") to \(path.hops.last?.role.name ?? "")"
    }

    /// The speed of the slowest link of the chain in Mbps; `nil` if no link has a speed.
    private var linkSpeed: Int? {
        let sockets = plan.testpmds.filter { path.testpmds.contains($0.name) }.map { PortWatch($0.telemetry) }
        let ports = PortWatch.survey(sockets, timeout: 5000).flatMap { (try? $0.get()) ?? [] }
        let nics = Set(plan.nics.filter { path.nics.contains($0.name) }.map { "\($0.address)" })
        return ports.filter { nics.contains($0.name) }.compactMap(\.speed).min()
    }
}
