import Diagnostics
import Linux
import SystemdBus
import Telemetry
import TestSupport
import Testing
import Views

@testable import Traffic

@Suite("OpenMetrics")
struct OpenMetricsTests {
    /// What the parser of Prometheus' own client makes of a text: a line for each sample, or its
    /// complaint.
    private func parsed(_ text: String) throws -> Command.Result {
        let script = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
            for family in parse(open(sys.argv[1], encoding="utf-8").read()):
                for sample in family.samples:
                    print(family.type, family.unit or "-", sample.name, sorted(sample.labels.items()), sample.value)
            """
        let tree = try Tree(["/script": script, "/text": text])
        // Debian's, which has the package that make deps installs.
        return try Command(["/usr/bin/python3", tree.path + "/script", tree.path + "/text"]).run()
    }

    private func traffic() -> Traffic {
        let all = Dictionary(uniqueKeysWithValues: Counter.allCases.enumerated().map { ($1, UInt64($0)) })
        let ports = [
            Port(
                number: 0, name: "0000:17:00.0", isStarted: true, isUp: true, speed: 25_000,
                counters: all.merging([.receivedBytes: .max]) { $1 }),
            Port(number: 1, name: "odd \"name\"\\\n", isStarted: true), Port(number: 2),
        ]
        var target = MonitoredTestpmd(socket: "/run/dpdk/a/dpdk_telemetry.v2")
        target.roles = [0: PortRole(name: "nic0", kind: .nic)]
        target.plannedPorts = 3
        let silent = MonitoredTestpmd(socket: "/run/dpdk/b/dpdk_telemetry.v2")
        let problem = Problem(.telemetryMissing, "nobody", remedy: "start it")
        return Traffic(
            [target, silent], paths: [], from: [],
            to: [PortSample(.success(ports), at: 0), PortSample(.failure(problem), at: 0)])
    }

    private let units = [
        UnitStatus(UnitProperties(id: "testpmd.service", activeState: "active"), now: 0),
        UnitStatus(UnitProperties(id: "pvp.target", activeState: "maintenance"), now: 0),
    ]

    @Test func theReferenceParserTakesIt() throws {
        let result = try parsed(OpenMetrics(traffic(), units: units, version: "1.2", isRebootRequired: true).text)
        try #require(result.status == 0, "\(result.output)")
        let nic = "[('kind', 'NIC'), ('name', 'nic0'), ('port', '0'), ('testpmd', 'a')]"
        for line in [
            "gauge - pvp_testpmd_up [('testpmd', 'a')] 1", "gauge - pvp_testpmd_up [('testpmd', 'b')] 0",
            "gauge ports pvp_testpmd_planned_ports [('testpmd', 'a')] 3", "gauge - pvp_port_link_up \(nic) 1",
            "gauge bits_per_second pvp_port_link_speed_bits_per_second \(nic) 25000000000",
            "counter packets pvp_port_sent_packets_total \(nic) 1",
            "counter bytes pvp_port_received_bytes_total \(nic) 18446744073709551615",
            "counter - pvp_port_receive_buffer_failures_total \(nic) 7",
            "stateset - pvp_unit_state [('pvp_unit_state', 'active'), ('unit', 'testpmd.service')] 1",
            "stateset - pvp_unit_state [('pvp_unit_state', 'failed'), ('unit', 'testpmd.service')] 0",
            "stateset - pvp_unit_state [('pvp_unit_state', 'maintenance'), ('unit', 'pvp.target')] 1",
        ] { #expect(result.output.contains(line + "\n"), "\(line) is not in\n\(result.output)") }
        // A name of which the text is escaped, and which comes back as it was; a port that is not
        // started has no link.
        #expect(result.output.contains(#"('device', 'odd "name"\\\n')"#), "\(result.output)")
        #expect(!result.output.contains("pvp_port_link_up [('kind', 'other'), ('name', '-'), ('port', '2')"))
    }

    @Test("The parser is not one that takes everything")
    func theParserIsStrict() throws {
        let text = OpenMetrics(traffic(), units: units, version: "1.2", isRebootRequired: true).text
        #expect(try parsed(String(text.dropLast("# EOF\n".count))).status != 0)
        #expect(try parsed(text.replacing("_packets_total{", with: "_packets{")).status != 0)
    }

    @Test func text() {
        var family = OpenMetrics.Family("a_bytes", .counter, unit: "bytes", help: "Help with \"\\\n.")
        family.add(7, [])
        family.add(8, [.init("x", "é\"\\\n")])
        let metrics = OpenMetrics(families: [family, .init("empty", .gauge, help: "Nothing.")])
        #expect(
            metrics.text == """
                # TYPE a_bytes counter
                # UNIT a_bytes bytes
                # HELP a_bytes Help with \\"\\\\\\n.
                a_bytes_total 7
                a_bytes_total{x="é\\"\\\\\\n"} 8
                # EOF

                """)
    }
}
