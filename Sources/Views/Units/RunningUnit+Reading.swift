package import Diagnostics
import Linux
import Systemd
package import Units

extension RunningUnit {
    /// Our services that run, with what their processes were started with.
    package static func services(_ trees: [UnitTree]) throws(Problem) -> [RunningUnit] {
        try answers(question).filter { isOurs($0, trees) }.map { properties in
            let process = Int(properties["MainPID", default: ""]) ?? 0
            let standardInput = "/proc/\(process)/fd/0"
            // A pipe would be emptied by looking.
            let isInMemory = (try? Root.machine.link(standardInput))?.hasPrefix("/memfd:") ?? false
            let input = isInMemory ? try? Root.machine.bytes(standardInput) : nil
            return RunningUnit(
                name: properties["Id", default: ""],
                commandLine: Root.machine.commandLine(ofProcess: process),
                input: input.map { String(decoding: $0, as: UTF8.self) },
                program: process > 0 ? try? Root.machine.link("/proc/\(process)/exe") : nil)
        }
    }

    /// The same, and our sockets that are no part of a service: those that lead to a guest's ssh,
    /// and that of metrics.
    package static func all(_ trees: [UnitTree]) throws(Problem) -> [RunningUnit] {
        let question = Command(["systemctl", "show", "--property=Id,ActiveState", "--", "pvp-ssh@*.socket", "pvp-metrics.socket"])
        let sockets = try answers(question).filter { $0["ActiveState"] == "active" }
        return try services(trees) + sockets.map { RunningUnit(name: $0["Id", default: ""]) }
    }

    private static func answers(_ question: Command) throws(Problem) -> [[String: String]] {
        let result = try question.run()
        guard result.status == 0 else { throw Problem.systemdSilent(result) }
        return UnitStates.blocks(result.output)
    }
}
