import ArgumentParser
import Diagnostics
import HostTopology
import JSON
import Linux
import Plan
import Values
import Views

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show the assignment of CPUs, memory and ports, and the kernel arguments",
        discussion: """
            --svg draws sockets, nodes, cores and threads with their users, and the packet path.

            Examples:
              pvpgen plan
              pvpgen plan --svg --output=plan.svg
              pvpgen plan --json | jq .isolated_cpus
              pvpgen plan --root=/srv/host
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Flag(help: "Draw the plan as SVG.")
    var svg = false

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    func validate() throws {
        guard !(svg && output.json) else {
            throw ValidationError("--svg and --json are two forms of one output: give one")
        }
    }

    func run() throws {
        let plan = try validPlan(in: root.tree)
        let text = if svg { picture(of: plan) } else { output.json ? plan.json.text : plan.table }
        guard let file else { return print(text, terminator: "") }
        try exitOnProblem { () throws(Problem) in try UserFile.write(file, text) }
    }

    private func picture(of plan: Plan) -> String {
        let host = HostTopology(reading: root.tree, functions: plan.nics.map(\.address))
        var sockets: [Int: Int] = [:]
        for cpu in host.cores.compactMap(\.first) {
            sockets[cpu] = (try? root.tree.text("/sys/devices/system/cpu/cpu\(cpu)/topology/physical_package_id"))
                .flatMap { Int($0) }
        }
        let offline = (try? root.tree.text("/sys/devices/system/cpu/offline")).flatMap { CPUSet($0) } ?? CPUSet()
        return plan.picture(on: host, sockets: sockets, offline: offline)
    }
}
