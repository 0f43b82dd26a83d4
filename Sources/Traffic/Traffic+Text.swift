import Diagnostics
package import Presentation
import Telemetry

extension Traffic {
    /// A line for people.
    package struct Line: Hashable, Sendable {
        /// Its text, without a line end.
        package var text: String
        /// What sets it off.
        package var emphasis: Emphasis

        package init(_ text: String, _ emphasis: Emphasis = .plain) {
            self.text = text
            self.emphasis = emphasis
        }
    }

    /// A table of ports for each testpmd, and of stages for each way; a line for a testpmd that
    /// gave no answer, unless problems are reported elsewhere.
    package func lines(withProblems: Bool = true) -> [Line] {
        var parts = testpmds.filter { withProblems || $0.problem == nil }.map { Self.lines(of: $0) }
        // A way of which nothing is known would be a table of dashes.
        for path in paths {
            let stages = stages(of: path)
            if stages.contains(where: { $0.packets != nil }) { parts.append(Self.lines(of: stages)) }
        }
        return Array(parts.joined(separator: [Line("")]))
    }

    private static func lines(of testpmd: Testpmd) -> [Line] {
        let name = testpmd.target.name
        // Two lines, because the end of a long one is off the screen.
        if let problem = testpmd.problem {
            return [Line("\(name): \(problem.message)", .bad), Line("  \(problem.remedy)")]
        }
        let started = testpmd.ports.count(where: \.isStarted)
        var head = "\(name): \(started) of \(testpmd.target.plannedPorts ?? testpmd.ports.count) ports started"
        if let milliseconds = testpmd.milliseconds { head += "; rates over \(fixed(Double(milliseconds) / 1000, 3)) s" }
        var table = TextTable(
            "PORT", "NAME", "LINK", "IN Mpps", "OUT Mpps", "IN Gbps", "OUT Gbps", "DROPS/s", "ERRORS/s", "KIND",
            rightAligned: 3...8)
        for port in testpmd.ports {
            let rates = testpmd.rates[port.number]
            let role = testpmd.target.role(of: port.number, device: port.name)
            table.add(
                "\(port.number)", role.name, link(of: port), megapackets(rates?.packetsIn),
                megapackets(rates?.packetsOut),
                gigabits(rates?.bitsIn), gigabits(rates?.bitsOut), whole(rates?.dropped), whole(rates?.errors),
                role.kind.rawValue)
        }
        return [Line(head, .heading)] + lines(of: table)
    }

    private static func lines(of stages: [TrafficStage]) -> [Line] {
        var table = TextTable("STAGE", "PORT", "Mpps", "Gbps", "LOST/s", "WHERE", rightAligned: 2...4)
        for stage in stages {
            let isLost = stage.lost.map { $0 > 0 } ?? false
            table.add(
                name(of: stage.hop), "\(stage.hop.port)", megapackets(stage.packets), gigabits(stage.bits),
                whole(stage.lost),
                isLost ? location(of: stage) : "")
        }
        return lines(of: table)
    }

    private static func lines(of table: TextTable) -> [Line] {
        table.text.split(separator: "\n").enumerated().map { Line(String($1), $0 == 0 ? .heading : .plain) }
    }

    private static func link(of port: Port) -> String {
        if !port.isStarted { return "stopped" }
        guard port.isUp else { return "down" }
        return "up" + (port.speed.map { " \(speed($0))" } ?? "") + (port.isFullDuplex == false ? " half" : "")
    }

    private static func name(of hop: PacketPath.Hop) -> String {
        switch (hop.role.kind, hop.direction) {
        case (.vhost, .out): "to \(hop.role.name)"
        case (.vhost, .into): "from \(hop.role.name)"
        case (_, .into): "wire to \(hop.role.name)"
        case (_, .out): "\(hop.role.name) to wire"
        }
    }

    private static func location(of stage: TrafficStage) -> String {
        let guest = stage.hop.role.name.prefix { $0 != "/" }
        return switch stage.lossLocation {
        case .nic: "in the NIC: no free descriptor or buffer, or an error on the wire"
        case .guest: "in guest \(guest)"
        case .testpmd where stage.hop.role.kind == .vhost:
            "guest \(guest) did not receive it: its ring is full, or it is not running"
        case .testpmd: "\(stage.hop.role.name) did not send it: its ring is full, or its link is down"
        }
    }
}
