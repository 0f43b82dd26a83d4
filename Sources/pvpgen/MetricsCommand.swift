import ArgumentParser
import Diagnostics
import Installation
import Linux
import Plan
import SystemdBus
import Telemetry
import Traffic
import Units
import Verbs
import Views

struct MetricsCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print port counters and unit states as OpenMetrics",
        discussion: """
            For Prometheus and other readers of OpenMetrics 1.0: counters and link state of each port, \
            which testpmds answer, unit states, and whether a reboot is required.
            A testpmd that does not answer within two seconds is pvp_testpmd_up 0. Root is required, as for DPDK's \
            telemetry.
            Without a configuration the exit code is 78, unless --telemetry= names the socket of a DPDK program.

            With MetricsListen= in [Host], systemd serves the metrics: each connection runs pvpgen metrics --http, \
            which answers one request for
            /metrics. After a change of MetricsListen=, run 'systemctl daemon-reload' and 'systemctl restart \
            pvp-metrics.socket'.

            Examples:
              pvpgen metrics
              pvpgen metrics --telemetry=/run/dpdk/rte/dpdk_telemetry.v2
              printf 'GET /metrics HTTP/1.0\\n\\n' | pvpgen metrics --http
            """)

    @OptionGroup var root: RootOption

    @Flag(help: "Answer one HTTP request on standard input and output.")
    var http = false

    @Option(
        help: ArgumentHelp("Query this socket instead of the testpmds of the plan.", valueName: "path"),
        completion: .file())
    var telemetry: String?

    func run(_ output: VerbOutput) throws {
        guard http else { return try output.print(text(output), terminator: "") }
        HTTPExchange.serve { head in
            HTTPResponse(to: head) {
                do {
                    return .success(try text(output))
                } catch {
                    // The errors are in the journal; the client only gets a hint.
                    return .failure(Problem(.noMetrics, "the configuration has no testpmd", remedy: "see pvpgen check"))
                }
            }
        }
    }

    /// An error that the generator and every other command report is not repeated for each request.
    private func text(_ output: VerbOutput) throws -> String {
        let observed =
            try telemetry.map { TopSelection(socket: $0) } ?? TopSelection(in: root.tree, output, isQuiet: http)
        let readings = PortWatch.survey(observed.targets.map { PortWatch($0.socket) }, timeout: 2000).map {
            PortSample($0, at: MonotonicClock.now)
        }
        let traffic = Traffic(observed.targets, paths: [], from: [], to: readings)
        let units = observed.plan.map { UnitTree($0).members + ["pvp.target"] } ?? []
        // A machine without systemd, or one whose systemd hangs, has counters all the same.
        let states = (try? UnitStatus.read(units, from: ServiceManager(within: .seconds(2)))) ?? []
        return OpenMetrics(
            traffic, units: states, version: Pvpgen.configuration.version,
            isRebootRequired: observed.plan.map { RebootState(of: $0, on: root.tree).isRequired }
        ).text
    }
}
