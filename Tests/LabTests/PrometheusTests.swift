import Foundation
import JSON
import Lab
import LabTools
import Testing

extension SoakTests {
    /// What docs/guides has for Prometheus and Grafana, on a host that forwards.
    @Test func theDashboardHasData() async throws {
        let guide = try String(contentsOfFile: Project.folder + "/docs/guides/monitoring.md", encoding: .utf8)
        let configuration = try #require(guide.firstMatch(of: /(?ms)^```yaml\n(.*?)^```$/)?.output.1)
        let address = try #require(configuration.firstMatch(of: /targets: \["(.*?)"\]/)?.output.1)
        #expect(guide.contains("`MetricsListen=\(address)`"))
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration + "[Host]\nMetricsListen=\(address)\n")
        try host.shell.run(["systemctl", "restart", "pvp-metrics.socket"])
        try host.start()
        try host.startPrometheus(String(configuration))
        // A rate takes two samples, 5 s from each other.
        let deadline = Deadline(seconds: 120)
        while try host.query("rate(pvp_port_sent_packets_total[30s])").count < 4, !deadline.isOver {
            _ = try host.cross(100, from: .nic0)
        }
        #expect(try host.query("up == 1").count == 1)
        for expression in try Self.expressions() {
            let values = try host.query(
                expression.replacing("$instance", with: ".*").replacing("$testpmd", with: ".*")
                    .replacing("$__rate_interval", with: "30s"))
            #expect(!values.isEmpty, "no data: \(expression)")
        }
        try host.shell.run(["systemctl", "stop", "prometheus"])
        try host.stop()
    }

    /// Those of all panels.
    private static func expressions() throws -> [String] {
        let file = Project.folder + "/docs/guides/grafana-dashboard.json"
        let dashboard = try JSON(Array(Data(contentsOf: URL(filePath: file))))
        let panels = try #require(dashboard["panels"]?.array)
        #expect(panels.allSatisfy { $0["targets"]?.array?.isEmpty == false })
        return panels.flatMap { $0["targets"]?.array ?? [] }.compactMap { $0["expr"]?.string }
    }
}
