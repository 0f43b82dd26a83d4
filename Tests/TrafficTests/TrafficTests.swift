import Diagnostics
import JSON
import Plan
import Presentation
import Telemetry
import Testing

@testable import Traffic

@Suite("What goes through the chain")
struct TrafficTests {
    private func port(_ number: Int, into: UInt64 = 0, out: UInt64 = 0, _ others: [Counter: UInt64] = [:]) -> Port {
        Port(
            number: number, name: "p\(number)", isStarted: true, isUp: true, speed: 25_000, isFullDuplex: true,
            counters: [.receivedPackets: into, .sentPackets: out, .receivedBytes: into * 64, .sentBytes: out * 64]
                .merging(others) { $1 })
    }

    private let zero: [Counter: UInt64] = [.missed: 0, .noBuffer: 0, .receiveErrors: 0, .sendErrors: 0]

    /// Half a second of the example's chain: 5 million packets come, some are lost at each stage.
    private func traffic() throws -> Traffic {
        let plan = try plan(of: "01-example")
        let before = (0...3).map { port($0, zero) }
        let after = [
            port(0, into: 5_000_000, out: 100, zero.merging([.missed: 1000, .receiveErrors: 500]) { $1 }),
            port(1, into: 100, out: 3_000_000, zero),
            port(2, into: 100, out: 4_000_000, zero),
            port(3, into: 3_000_000, out: 100, zero.merging([.sendErrors: 10]) { $1 }),
        ]
        return Traffic(
            [MonitoredTestpmd(plan.testpmds[0], of: plan)], paths: PacketPath.all(in: plan),
            from: [PortSample(.success(before), at: 1000)],
            to: [PortSample(.success(after), at: 1500)])
    }

    @Test func table() throws {
        let text = try traffic().lines().map(\.text)
        #expect(
            text == [
                "testpmd: 4 of 4 ports started; rates over 0.500 s",
                "PORT  NAME           LINK     IN Mpps  OUT Mpps  IN Gbps  OUT Gbps  DROPS/s  ERRORS/s  KIND",
                "0     nic0           up 25G    10.000  0.000200    5.120     0.000     2000      1000  NIC",
                "1     nic1           up 25G  0.000200     6.000    0.000     3.072        0         0  NIC",
                "2     guest/guest-0  up 25G  0.000200     8.000    0.000     4.096        0         0  vhost",
                "3     guest/guest-1  up 25G     6.000  0.000200    3.072     0.000        0        20  vhost",
                "",
                "STAGE               PORT    Mpps   Gbps   LOST/s  WHERE",
                "wire to nic0        0     10.000  5.120     3000  in the NIC: no free descriptor or buffer, "
                    + "or an error on the wire",
                "to guest/guest-0    2      8.000  4.096  2000000  guest guest did not receive it: its ring is full, "
                    + "or it is not running",
                "from guest/guest-1  3      6.000  3.072  2000000  in guest guest",
                "nic1 to wire        1      6.000  3.072        0",
                "",
                "STAGE               PORT      Mpps   Gbps  LOST/s  WHERE",
                "wire to nic1        1     0.000200  0.000       0",
                "to guest/guest-1    3     0.000200  0.000       0",
                "from guest/guest-0  2     0.000200  0.000       0",
                "nic0 to wire        0     0.000200  0.000       0",
            ], "\(text.joined(separator: "\n"))")
    }

    @Test("What arrives within a millisecond of the interval is not lost")
    func skew() throws {
        let plan = try plan(of: "01-example")
        let target = MonitoredTestpmd(plan.testpmds[0], of: plan)
        for (sent, lost) in [(999_100, 0.0), (990_000, 10_000.0), (1_000_500, 0.0)] as [(UInt64, Double)] {
            let traffic = Traffic(
                [target], paths: PacketPath.all(in: plan), from: [PortSample(.success([port(0), port(2)]), at: 0)],
                to: [PortSample(.success([port(0, into: 1_000_000), port(2, out: sent)]), at: 1000)])
            #expect(traffic.stages(of: traffic.paths[0]).map(\.lost) == [nil, lost, nil, nil])
        }
    }

    @Test("a testpmd without an answer is a line, or reported elsewhere; without rates there are dashes and no stages")
    func waiting() throws {
        let plan = try plan(of: "01-example")
        let problem = Problem(.telemetryMissing, "nobody", remedy: "start it")
        let stopped = Port(number: 0, name: "0000:17:00.0")
        let targets = [
            MonitoredTestpmd(plan.testpmds[0], of: plan), MonitoredTestpmd(socket: "/run/dpdk/rte/dpdk_telemetry.v2"),
        ]
        let traffic = Traffic(
            targets, paths: PacketPath.all(in: plan), from: [],
            to: [PortSample(.failure(problem), at: 5), PortSample(.success([stopped, port(1)]), at: 5)])
        #expect(traffic.problems == [problem])
        let lines = traffic.lines()
        #expect(Array(lines.prefix(2)) == [Traffic.Line("testpmd: nobody", .bad), Traffic.Line("  start it")])
        #expect(lines.contains { $0.text.hasPrefix("rte: 1 of 2 ports started") })
        #expect(lines.contains { $0.text.hasPrefix("0     0000:17:00.0  stopped") && $0.text.hasSuffix("  NIC") })
        #expect(!lines.contains { $0.text.hasPrefix("STAGE") })
        #expect(traffic.lines(withProblems: false) == Array(lines[3...]))
    }

    @Test func json() throws {
        let line = try traffic().json(at: 1_700_000_000_000).line
        #expect(!line.contains("\n"))
        let json = try JSON(Array(line.utf8))
        #expect(json["time_milliseconds"]?.int == 1_700_000_000_000)
        let testpmd = try #require(json["testpmds"]?.array?.first)
        #expect(testpmd["up"] == true && testpmd["problem"] == .null && testpmd["planned_ports"] == 4)
        let port = try #require(testpmd["ports"]?.array?.first)
        #expect(
            port["name"] == "nic0" && port["link_mbps"] == 25_000
                && port["in_packets_per_second"] == .number("10000000.0"))
        #expect(port["counters"]?["ipackets"]?.counter == 5_000_000)
        #expect(json["paths"]?.array?.first?.array?.map { $0["lost_in"] } == ["nic", "testpmd", "guest", "testpmd"])
        #expect(json["paths"]?.array?.first?.array?[1]["lost_per_second"] == .number("2000000.0"))
    }

    @Test(
        arguments: [
            (0, 3, "0.000"), (0.0004, 3, "0.000"), (0.0006, 3, "0.001"), (14.880952, 3, "14.881"),
            (1e9, 0, "1000000000"),
            (-1.26, 1, "-1.3"), (1e30, 1, "-"),
        ] as [(Double, Int, String)])
    func decimals(_ value: Double, _ digits: Int, _ text: String) { #expect(fixed(value, digits) == text) }

    @Test(arguments: [(10, "10M"), (1000, "1G"), (2500, "2.5G"), (100_000, "100G")]) func speeds(
        _ megabits: Int, _ text: String
    ) {
        #expect(speed(megabits) == text)
    }

    @Test func kindsByDevice() {
        #expect(PortRole(device: "net_vhost1").kind == .vhost)
        #expect(PortRole(device: "0000:17:00.0").kind == .nic)
        #expect(PortRole(device: "net_null0") == PortRole(name: "net_null0", kind: .other))
        #expect(PortRole(device: "").name == "-")
    }
}
