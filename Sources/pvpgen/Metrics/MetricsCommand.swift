import ArgumentParser
import Diagnostics
import Glibc
import Linux
import Metrics
import Plan
import Telemetry
import Traffic
import UnitView
import Units

struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print counters of ports and states of units as OpenMetrics.",
        discussion: """
            For Prometheus and others that read OpenMetrics 1.0: counters and link of each port, which testpmds answer, states of the chain's
            units. A testpmd that gives no answer within two seconds is pvp_testpmd_up 0, and no failure. It has to be root, as DPDK's
            telemetry is. Without a configuration it ends with 78, unless --telemetry= names the socket of a DPDK program.

            MetricsListen= in [Host] has systemd serve it: each connection is one pvpgen metrics --http, which answers one request for
            /metrics. After a change of it: systemctl daemon-reload, then systemctl restart pvp-metrics.socket.

            Examples:
              pvpgen metrics
              pvpgen metrics --telemetry=/run/dpdk/rte/dpdk_telemetry.v2
              printf 'GET /metrics HTTP/1.0\\n\\n' | pvpgen metrics --http
            """)

    @OptionGroup var root: RootOption

    @Flag(help: "Answer one HTTP request on standard input and output.")
    var http = false

    @Option(help: ArgumentHelp("Ask this socket, and do without the plan.", valueName: "path"), completion: .file())
    var telemetry: String?

    func run() throws {
        guard http else { return print(try text(), terminator: "") }
        HTTPExchange.serve { head in
            HTTPResponse(to: head) {
                do {
                    return .success(try text())
                } catch {
                    // What is wrong is in the journal; who asks is only told where to look.
                    return .failure(Problem("no-metrics", "the configuration has no testpmd", remedy: "see pvpgen check"))
                }
            }
        }
    }

    /// A mistake that is told by the generator and by every other command is not told again for each request.
    private func text() throws -> String {
        let observed = try telemetry.map { Observed(socket: $0) } ?? Observed(in: root.tree, isQuiet: http)
        let readings = PortWatch.survey(observed.targets.map { PortWatch($0.socket) }, timeout: 2000).map { Reading($0, at: Clock.now) }
        let traffic = Traffic(observed.targets, ways: [], from: [], to: readings)
        let units = observed.plan.map { UnitTree($0, problems: [], layout: .own).members + ["pvp.target"] } ?? []
        // A machine without systemd, or one whose systemd hangs, has counters all the same.
        let states = (try? UnitStatus.read(units, within: 2)) ?? []
        return OpenMetrics(traffic, units: states).text
    }
}
