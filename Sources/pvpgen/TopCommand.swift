import ArgumentParser
import JSON
import Linux
import Plan
import Traffic
import Verbs

struct TopCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Show the traffic of each port and stage, live",
        discussion: """
            For each port: packets and bits per second, received and sent, as testpmd counts them; \
            drops (no free descriptor or buffer), errors,
            link state. For each packet path from wire to wire: the rate of each stage, and where packets are lost. \
            A guest is assumed to forward
            from one interface to the next. Ports are read one after the other, so packets that arrive within a \
            millisecond of the interval are
            not counted as lost.

            Gbps count the bytes of frames as DPDK does (ibytes, obytes): on the wire each frame has 20 bytes more \
            for preamble and gap, and 4 for
            its checksum if the driver omits it. Some drivers count no bytes.

            On a terminal, the screen is updated until q or Ctrl-C. Otherwise, and with --json, samples are printed \
            one after the other.
            A testpmd that does not answer is waited for; with --once the exit code is 1. \
            Root is required, as for DPDK's telemetry.
            Without a configuration, --telemetry= shows the ports of a DPDK program by DPDK's names, without stages.

            Examples:
              pvpgen top
              pvpgen top testpmd-b --interval=5
              pvpgen top --once --json | jq '.testpmds[].ports[].name'
              pvpgen top --telemetry=/run/dpdk/rte/dpdk_telemetry.v2
            """)

    @OptionGroup var root: RootOption

    @Argument(
        help: "Unit of the testpmd, without .service; all testpmds by default.",
        completion: .custom { _, _, _ in Plan.read(from: .machine).plan?.testpmds.map(\.name) ?? [] })
    var name: String?

    @Option(help: ArgumentHelp("Interval between samples: 0.1 to 3600.", valueName: "seconds"))
    var interval = 1.0

    @Flag(help: "Print one sample and exit.")
    var once = false

    @Flag(help: "Print each sample as a JSON object in one line.")
    var json = false

    @Option(
        help: ArgumentHelp("Query this socket instead of the testpmds of the plan.", valueName: "path"),
        completion: .file())
    var telemetry: String?

    func validate() throws {
        guard (0.1...3600).contains(interval) else {
            throw ValidationError("--interval=\(interval): expected 0.1 to 3600 seconds")
        }
        guard name == nil || telemetry == nil else {
            throw ValidationError("NAME is one of the plan, --telemetry does without: give one")
        }
    }

    var document: Document.Kind? { json ? .traffic : nil }

    func run(_ output: VerbOutput) throws {
        let observed =
            try telemetry.map { TopSelection(socket: $0) } ?? TopSelection(in: root.tree, name: name, output)
        let isTerminal = Descriptor.isTerminal(Descriptor.standardOutput) && Environment["TERM"] ?? "dumb" != "dumb"
        let form: TopLoop.Form =
            if json { .json } else { isTerminal && !once ? .screen : .text }
        let watch = TrafficWatch(observed.targets, paths: observed.paths)
        try output.stream { document in
            try ExitCode.end(
                with:
                    TopLoop.run(watch, form: form, interval: Int(interval * 1000), isOnce: once, document: document))
        }
    }
}
