/// What `systemctl status` shows beside `Status:`.
enum StatusLine {
    /// Before all ports are started.
    static func waiting(_ ports: [Console.Port]?, wanted: Int) -> String {
        guard let ports else { return "waiting for \(wanted) ports: telemetry does not answer yet" }
        let started = ports.filter(\.isStarted).count
        let rest = started == ports.count ? "" : ", \(ports.count - started) not started"
        return "waiting for \(wanted) ports: have \(started)\(rest)"
    }

    /// With all ports started. `rates` is what `rates(_:_:milliseconds:)` returns.
    static func ready(_ ports: [Console.Port], wanted: Int, forwards: Bool, rates: String = "") -> String {
        let count = ports.count < wanted ? "\(ports.count) of \(wanted)" : "\(ports.count)"
        let down = ports.filter { !$0.isUp }
        let links =
            "\(count) ports, link up: \(list(ports.filter(\.isUp)))" + (down.isEmpty ? "" : ", down: \(list(down))")
        return "\(forwards ? "forwarding" : "not forwarding"); \(links)\(rates)"
    }

    /// What came in and went out at each port in that time, in millions of packets a second; empty
    /// when nothing can be said.
    static func rates(_ before: [Console.Port], _ now: [Console.Port], milliseconds: Int) -> String {
        guard milliseconds > 0 else { return "" }
        let known = Dictionary(before.map { ($0.number, $0) }) { first, _ in first }
        let parts = now.compactMap { port -> String? in
            // A port that was restarted counts from nought again.
            guard let old = known[port.number], port.received >= old.received, port.sent >= old.sent else { return nil }
            let received = mpps(port.received - old.received, milliseconds)
            let sent = mpps(port.sent - old.sent, milliseconds)
            return "\(port.number): \(received)/\(sent)"
        }
        return parts.isEmpty ? "" : "; Mpps in/out: " + parts.joined(separator: ", ")
    }

    /// With three decimals, as long as there is something to show.
    private static func mpps(_ packets: Int, _ milliseconds: Int) -> String {
        let thousandths = (packets + milliseconds / 2) / milliseconds
        if thousandths == 0 { return packets == 0 ? "0" : "<0.001" }
        let fraction = String(1000 + thousandths % 1000).dropFirst()
        return "\(thousandths / 1000).\(fraction)"
    }

    private static func list(_ ports: [Console.Port]) -> String {
        ports.isEmpty ? "none" : ports.map { "\($0.number)" }.joined(separator: " ")
    }
}
