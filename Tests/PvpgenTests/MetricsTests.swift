import Foundation
import Linux
import TestSupport
import Testing

/// `pvpgen metrics` with a real testpmd, as text and as systemd's socket unit would have it answer.
@Suite(.serialized) struct MetricsTests {
    /// `pvpgen metrics --http` behind a socket of the kind that pvp-metrics.socket has: a process
    /// for each connection.
    private final class Served {
        let path: String
        private let child: Child
        /// It has the descriptors of a terminal, and none of this process.
        private let terminal: Terminal

        init(_ tree: Tree) throws {
            path = tree.path + "/m.sock"
            terminal = try Terminal()
            var arguments = ["/usr/bin/systemd-socket-activate", "--accept", "--inetd", "--listen=\(path)"]
            // What it starts has an environment of its own making.
            for name in ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
                if let value = Environment[name] { arguments.append("--setenv=\(name)=\(value)") }
            }
            arguments += [try Program.path("pvpgen"), "metrics", "--http", "--root=\(tree.path)"]
            child = try terminal.spawn(arguments, environment: Environment.all { _ in false })
            let end = MonotonicClock.now + 20_000
            while (try? UnixSocket.connect(path, .stream)) == nil {
                try #require(MonotonicClock.now < end, "no process listens")
                usleep(10_000)
            }
        }

        deinit {
            child.signal(SIGKILL)
            _ = try? child.reap()
        }

        func answer(_ request: String) throws -> String {
            let client = try UnixSocket.connect(path, .stream)
            #expect(client.write(Array(request.utf8)) == request.utf8.count)
            var answer: [UInt8] = []
            while Descriptor.poll(client.number, .input, timeout: 30_000) {
                let input = client.read()
                if case .bytes(let bytes) = input { answer += bytes }
                if input == .end { return String(decoding: answer, as: UTF8.self) }
            }
            Issue.record("the connection was not closed after \(String(decoding: answer, as: UTF8.self))")
            return ""
        }
    }

    private static func counter(_ name: String, _ port: String, _ text: String) throws -> UInt64 {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name){") && $0.contains("name=\"\(port)\"") }
        let value = try #require(line?.split(separator: " ").last, "no \(name) of \(port) in\n\(text)")
        return try #require(UInt64(value))
    }

    @Test func countersOfARealTestpmdGrow() throws {
        let tree = try InstallTests.machine()
        let testpmd = try Testpmd(in: tree, devices: (0...3).map { "net_null\($0)" }, options: ["--portlist=0,2,1,3"])
        let systemd = try FakeSystemd("Id=testpmd.service\nActiveState=active\n")
        let first = try ShowTests.run(["metrics"], tree, systemd)
        #expect(first.status == 0 && first.error == "" && first.output.hasSuffix("\n# EOF\n"), "\(first)")
        for line in [
            "pvp_testpmd_up{testpmd=\"testpmd\"} 1", "pvp_testpmd_planned_ports{testpmd=\"testpmd\"} 4",
            "pvp_port_link_up{testpmd=\"testpmd\",port=\"0\",name=\"nic0\",kind=\"NIC\"} 1",
            "pvp_unit_state{unit=\"testpmd.service\",pvp_unit_state=\"active\"} 1",
        ] { #expect(first.output.contains("\n\(line)\n"), "\(line) is not in\n\(first.output)") }
        let second = try ShowTests.run(["metrics"], tree, systemd)
        for (name, port) in [
            ("pvp_port_received_packets_total", "nic0"), ("pvp_port_sent_packets_total", "guest/guest-1"),
        ] {
            #expect(try Self.counter(name, port, second.output) > Self.counter(name, port, first.output))
        }
        let script = try Tree(["/text": second.output])
        let module = "from prometheus_client.openmetrics.parser import text_string_to_metric_families as p"
        let check = ["/usr/bin/python3", "-c", "\(module)\nlist(p(open('\(script.path)/text').read()))"]
        let parsed = try Command(check).run()
        #expect(parsed.status == 0, "\(parsed.output)")
        withExtendedLifetime(testpmd) {}
    }

    @Test("a testpmd that does not run, and one that hangs, is no failure")
    func testpmdDown() throws {
        let tree = try InstallTests.machine()
        let down = try ShowTests.run(["metrics"], tree)
        #expect(
            down.status == 0 && down.output.contains("pvp_testpmd_up{testpmd=\"testpmd\"} 0\n")
                && !down.output.contains("pvp_unit"))
        let testpmd = try Testpmd(in: tree)
        testpmd.hang()
        let start = MonotonicClock.now
        #expect(try ShowTests.run(["metrics"], tree).output == down.output)
        #expect(MonotonicClock.now - start < 20_000)
        #expect(try ShowTests.run(["metrics"], Tree()).status == 78)
    }

    @Test("A systemd that does not answer does not keep the counters back")
    func silentSystemd() throws {
        let systemd = try FakeSystemd()
        systemd.change { $0.isSilent = true }
        let result = try ShowTests.run(["metrics"], InstallTests.machine(), systemd)
        #expect(
            result.status == 0 && result.output.contains("pvp_testpmd_up{") && !result.output.contains("pvp_unit"),
            "\(result)")
        #expect(systemd.calls.count == 1)
    }

    @Test func servesHTTP() throws {
        let tree = try InstallTests.machine()
        let served = try Served(tree)
        let answer = try served.answer("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").components(
            separatedBy: "\r\n\r\n")
        #expect(
            answer.count == 2
                && answer[0].hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/openmetrics-text; version=1.0.0"))
        #expect(
            answer.last?.hasSuffix("# EOF\n") == true
                && answer[0].contains("\r\nContent-Length: \(answer.last?.utf8.count ?? 0)\r\n"))
        let head = try served.answer("HEAD /metrics HTTP/1.0\r\n\r\n")
        // A second may pass between the two answers.
        let date = /\r\nDate: [^\r]*/
        #expect(head.replacing(date, with: "") == answer[0].replacing(date, with: "") + "\r\n\r\n")
        #expect(try served.answer("GET / HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 404 "))
        // The body that it does not read takes nothing from the answer.
        let body = String(repeating: "x", count: 20_000)
        #expect(try served.answer("POST /metrics HTTP/1.0\r\n\r\n\(body)").hasPrefix("HTTP/1.1 405 "))
        #expect(try served.answer("GET /metrics HTTP/1.0\r\nA: \(body)").hasPrefix("HTTP/1.1 431 "))
        #expect(try served.answer("GET /metrics HTTP/1.0\r\n").hasPrefix("HTTP/1.1 408 "))
        try tree.root.remove("/etc/pvpgen/pvp.conf")
        #expect(try served.answer("GET /metrics HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 503 "))
    }

    @Test func throughPipes() throws {
        let tree = try InstallTests.machine()
        func answer(_ input: String) throws -> Program.Result {
            try Program(name: "pvpgen").run(["metrics", "--http", "--root=\(tree.path)"], input: input)
        }
        let whole = try answer("GET /metrics HTTP/1.0\n\n")
        #expect(whole.status == 0 && whole.output.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try answer("GET /metrics").output.hasPrefix("HTTP/1.1 400 "))
        #expect(try answer("").output == "")
    }
}
