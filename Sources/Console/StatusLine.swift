/// What `systemctl status` shows beside `Status:`.
enum StatusLine {
    /// Before all ports are there.
    static func waiting(_ ports: [Console.Port]?, wanted: Int) -> String {
        guard let ports else { return "waiting for \(wanted) ports: telemetry does not answer yet" }
        let started = ports.filter(\.isStarted).count
        let rest = started == ports.count ? "" : ", \(ports.count - started) not started"
        return "waiting for \(wanted) ports: have \(started)\(rest)"
    }

    /// Once they were there.
    static func ready(_ ports: [Console.Port], wanted: Int) -> String {
        let count = ports.count < wanted ? "\(ports.count) of \(wanted)" : "\(ports.count)"
        let down = ports.filter { !$0.isUp }
        return "\(count) ports, link up: \(list(ports.filter(\.isUp)))" + (down.isEmpty ? "" : ", down: \(list(down))")
    }

    private static func list(_ ports: [Console.Port]) -> String {
        ports.isEmpty ? "none" : ports.map { "\($0.number)" }.joined(separator: " ")
    }
}
