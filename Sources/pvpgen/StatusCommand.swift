import ArgumentParser
import Diagnostics
import HostActions
import Linux
import Plan
import Units

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each stage of the chain and its state.",
        discussion: "Ends with 0 when every unit of the plan is active, 3 when not.\n\nExamples:\n  pvpgen status")

    @OptionGroup var root: RootOption

    func run() throws {
        let plan = try soundPlan(in: root.tree)
        let units = UnitTree(plan, problems: [], layout: .own).members
        let command = Command(["systemctl", "show", "--property=Id,ActiveState,SubState,StatusText", "--"] + units)
        let states = UnitStates.blocks(try attempt { () throws(Problem) in try command.run().output })
        let width = units.map(\.count).max() ?? 0
        for state in states {
            let name = state["Id", default: ""]
            let pad = String(repeating: " ", count: max(0, width - name.count))
            print(
                "\(name)\(pad)  \(state["ActiveState", default: ""]) (\(state["SubState", default: ""]))  \(state["StatusText", default: ""])"
            )
        }
        if states.count != units.count || states.contains(where: { $0["ActiveState"] != "active" }) { throw ExitCode(3) }
    }
}
