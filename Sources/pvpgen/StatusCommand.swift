import ArgumentParser
import Diagnostics
import Linux
import Plan
import Units

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each stage of the chain and its state.",
        discussion: "Ends with 0 when every unit of the plan is active, 3 when not.\n\nExamples:\n  pvpgen status")

    func run() throws {
        let plan = try soundPlan(in: .machine)
        let units = UnitTree(plan, problems: [], layout: .own).members
        let states = UnitState.parse(try attempt { () throws(Problem) in try UnitState.query(units).run().output })
        let width = units.map(\.count).max() ?? 0
        for state in states {
            let pad = String(repeating: " ", count: max(0, width - state.name.count))
            print("\(state.name)\(pad)  \(state.active) (\(state.sub))  \(state.status)")
        }
        if states.count != units.count || states.contains(where: { $0.active != "active" }) { throw ExitCode(3) }
    }
}

/// A unit's state as `systemctl show` prints it.
struct UnitState: Hashable {
    var name = ""
    var active = ""
    var sub = ""
    var status = ""

    /// Asks for the states.
    static func query(_ units: [String]) -> Command {
        Command(["systemctl", "show", "--property=Id,ActiveState,SubState,StatusText"] + units)
    }

    /// Reads the answer: blocks of `Key=Value` lines with empty lines between.
    static func parse(_ output: String) -> [UnitState] {
        output.split(separator: "\n\n").map { block in
            var state = UnitState()
            for line in block.split(separator: "\n") {
                let value = String(line.drop { $0 != "=" }.dropFirst())
                switch line.prefix(while: { $0 != "=" }) {
                case "Id": state.name = value
                case "ActiveState": state.active = value
                case "SubState": state.sub = value
                case "StatusText": state.status = value
                default: break
                }
            }
            return state
        }
    }
}
