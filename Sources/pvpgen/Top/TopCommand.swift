import ArgumentParser
import Diagnostics
import Glibc
import Linux
import Plan

struct TopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Show what goes through each port and stage of the chain, live.",
        discussion: """
            For each port: packets and bits in a second, in and out as testpmd sees them; drops (no descriptor or buffer was free), errors,
            link. For each way from wire to wire: how much passes each stage, and where packets get lost. A guest is taken to send what it
            receives on one interface out on the one beside it. Ports are read one after the other, so what arrives in a millisecond of
            the interval is not called lost.

            Gbps are those of the frames, as DPDK counts their bytes (ibytes, obytes): on the wire each frame has 20 bytes more for
            preamble and gap, and 4 for its checksum where the driver leaves that out. Some drivers count no bytes.

            On a terminal it redraws until q or Ctrl-C. Elsewhere, and with --json, it prints one sample after the other.
            A testpmd that does not answer is waited for; with --once it ends with 1. It has to be root, as DPDK's telemetry is.
            Without a configuration, --telemetry= shows the ports of a DPDK program by DPDK's own names, and no stages.

            Examples:
              pvpgen top
              pvpgen top testpmd-b --interval=5
              pvpgen top --once --json | jq '.testpmds[].ports[] | {name, in_packets_per_second}'
              pvpgen top --telemetry=/run/dpdk/rte/dpdk_telemetry.v2
            """)

    @OptionGroup var root: RootOption

    @Argument(
        help: "The testpmd's unit without .service; all if none is given.",
        completion: .custom { _, _, _ in Plan.read(from: .machine).plan?.testpmds.map(\.name) ?? [] })
    var name: String?

    @Option(help: ArgumentHelp("From one sample to the next: 0.1 to 3600.", valueName: "seconds"))
    var interval = 1.0

    @Flag(help: "One sample of one interval.")
    var once = false

    @Flag(help: "An object in one line for each sample.")
    var json = false

    @Option(help: ArgumentHelp("Ask this socket, and do without the plan.", valueName: "path"), completion: .file())
    var telemetry: String?

    func validate() throws {
        guard (0.1...3600).contains(interval) else { throw ValidationError("--interval=\(interval): expected 0.1 to 3600 seconds") }
        guard name == nil || telemetry == nil else { throw ValidationError("NAME is one of the plan, --telemetry does without: give one") }
    }

    func run() throws {
        let observed = try telemetry.map { Observed(socket: $0) } ?? Observed(in: root.tree, name: name)
        let isTerminal = isatty(STDOUT_FILENO) == 1 && Environment["TERM"] ?? "dumb" != "dumb"
        let form: TopLoop.Form = json ? .json : isTerminal && !once ? .screen : .text
        let watch = TrafficWatch(observed.targets, ways: observed.ways)
        let status = try attempt { () throws(Problem) in
            try TopLoop.run(watch, form: form, interval: Int(interval * 1000), isOnce: once)
        }
        throw ExitCode(status)
    }
}
