import Config
import Diagnostics
import HelperCalls
import Linux
import MeasurementResults
import Plan
import SystemdBus
import TRex
import TrafficGenerator

/// A generator that runs for the time of a measurement.
final class StartedGenerator {
    /// Runs the trials.
    let load: any LoadGenerator
    /// The generator in the result.
    let measured: MeasuredGenerator
    /// Ends the program when it goes.
    private let program: AnyObject

    /// Starts a generator. Throws `generator-failed`, and what ``ServiceManager`` throws.
    init(
        _ plan: GeneratorPlan, version: String, interruption: Int32, on manager: ServiceManager
    ) throws(Problem) {
        switch plan.program {
        case .local(let local):
            let unit = try GeneratorUnit(plan.name, on: manager)
            unit.connection.interruption = interruption
            load = unit.connection
            program = unit
            measured = MeasuredGenerator(
                kind: "builtin", version: version, ports: local.nics.map { "\($0.address)" } + local.devices,
                cpus: "\(local.lcores)")
        case .remote(let remote):
            let traffic = try RemoteTraffic(remote, name: plan.name)
            traffic.connection.interruption = interruption
            load = traffic.connection
            program = traffic
            measured = MeasuredGenerator(
                kind: "builtin", version: version, host: remote.host, ports: remote.devices, cpus: "\(remote.cpus)")
        case .trex(let address, let ports):
            let trex = try TRexGenerator(address: address, ports: [ports.first, ports.second])
            load = trex
            program = trex
            measured = MeasuredGenerator(
                kind: "trex", version: trex.version, host: address, ports: ["\(ports.first)", "\(ports.second)"],
                cpus: "")
        }
    }
}
