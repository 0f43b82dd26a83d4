import ArgumentParser
import HostTopology
import JSON
import Linux
import Plan
import Values
import Verbs
import Views

struct PlanCommand: RootedVerb {
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
    @OptionGroup var form: JSONOption

    @Flag(help: "Draw the plan as SVG.")
    var svg = false

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    func validate() throws {
        guard !(svg && form.json) else {
            throw ValidationError("--svg and --json are two forms of one output: give one")
        }
    }

    var document: Document.Kind? { form.json ? .plan : nil }

    func run(_ output: VerbOutput) throws {
        let plan = try output.plan(in: root.tree)
        output.file = file
        output.add(plan.json)
        try output.write(svg ? picture(of: plan) : plan.table)
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
