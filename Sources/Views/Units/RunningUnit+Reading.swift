package import Diagnostics
import Linux
package import SystemdBus
package import Units

extension RunningUnit {
    /// Our services that run, with what their processes were started with. Throws what
    /// ``ServiceManager`` throws.
    package static func services(_ trees: [UnitTree], from manager: ServiceManager) throws(Problem) -> [RunningUnit] {
        let names = try manager.units(matching: ["*.service"]).filter { isUp($0.activeState) }.map(\.name)
        return try manager.properties(of: names).filter { isOurs($0, trees) }.map { unit in
            let standardInput = "/proc/\(unit.mainPID)/fd/0"
            // A pipe would be emptied by looking.
            let isInMemory = (try? Root.machine.link(standardInput))?.hasPrefix("/memfd:") ?? false
            let input = isInMemory ? try? Root.machine.bytes(standardInput) : nil
            return RunningUnit(
                name: unit.id,
                commandLine: Root.machine.commandLine(ofProcess: unit.mainPID),
                input: input.map { String(decoding: $0, as: UTF8.self) },
                program: unit.mainPID > 0 ? try? Root.machine.link("/proc/\(unit.mainPID)/exe") : nil)
        }
    }

    /// The builds that run. They belong to no plan: only `pvpgen uninstall` stops them.
    package static func builds(from manager: ServiceManager) throws(Problem) -> [String] {
        try manager.units(matching: ["pvp-source@*.service", "pvp-build@*.service"]).filter { isUp($0.activeState) }
            .map(\.name)
    }

    /// Our services that run, and our sockets that are no part of a service: those that lead to a
    /// guest's ssh, and that of metrics.
    package static func all(_ trees: [UnitTree], from manager: ServiceManager) throws(Problem) -> [RunningUnit] {
        let sockets = try manager.units(matching: ["pvp-ssh@*.socket", "pvp-metrics.socket"]).filter {
            $0.activeState == "active"
        }
        return try services(trees, from: manager) + sockets.map { RunningUnit(name: $0.name) }
    }
}
