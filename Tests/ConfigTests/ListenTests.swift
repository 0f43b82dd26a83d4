import Config
import Diagnostics
import Testing

@Suite("MetricsListen=")
struct ListenTests {
    private func parse(_ value: String) -> (String?, [String]) {
        let file = ConfigFiles.File(path: "pvp.conf", content: Array("[Host]\nMetricsListen=\(value)\n".utf8))
        let (config, problems) = Config.parse([file])
        return (config.host.metricsListen, problems.map(\.rendered))
    }

    @Test(arguments: [
        "/run/pvp/metrics.sock", "/run/m", "127.0.0.1:9100", "127.255.0.9:1", "[::1]:65535", "/run/100%.sock",
        "/run/" + String(repeating: "x", count: 102),
    ]) func isTaken(_ value: String) { #expect(parse(value) == (value, [])) }

    @Test func isOffUnlessGiven() {
        #expect(parse("") == (nil, []))
        #expect(HostSection().metricsListen == nil)
    }

    @Test(
        "What others could reach, or what is no place to listen on",
        arguments: [
            "9100", "0.0.0.0:9100", "192.0.2.1:9100", "[::]:9100", "::1:9100", "localhost:9100", "127.0.0.1",
            "127.0.0.1:0",
            "127.0.0.1:65536",
            "127.0.0.1:+80", "127.0.0.01:80", "127.0.1:80", "127.0.0.256:80", "/tmp/m.sock", "/run", "/run/", "/run//m",
            "/run/../etc/m",
            "/run/./m", "run/m", "/run/a b", "@abstract", "/run/" + String(repeating: "x", count: 103), "vsock:2:80",
        ]) func isRefused(_ value: String)
    {
        let (listen, problems) = parse(value)
        #expect(listen == nil)
        #expect(problems.count == 1 && problems[0].contains("expected a path below /run"), "\(problems)")
        #expect(problems.first?.contains("\n  correct it\n") == true, "\(problems)")
    }
}
