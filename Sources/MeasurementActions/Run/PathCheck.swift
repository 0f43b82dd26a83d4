package import JSON
package import Measurement

/// Whether the frames of a port of the generator cross the chain, and where they stop.
package struct PathCheck: Hashable, Sendable {
    /// The number of the port that sent.
    package let port: Int
    /// Frames that were sent, and those that arrived at the other port.
    package let sent: Int
    package let received: Int
    /// The index of the path that begins at the NIC which the port is connected to; `nil` if no NIC
    /// received the frames.
    package let path: Int?
    /// The stages that the frames passed, such as `nic0`, `testpmd`, `vm1`.
    package let passed: [String]
    /// The stage in which they stop; `nil` if they arrive.
    package let obstacle: String?

    /// Less than this part of the frames is as good as none.
    private static let part = 0.5

    /// Compares the counters of each path before and after `sent` frames from one port.
    package init(port: Int, sent: Int, received: Int, before: [[HopCounters]], after: [[HopCounters]]) {
        self.port = port
        self.sent = sent
        self.received = received
        let counts = zip(before, after).map { before, after in
            zip(before, after).map { Int(clamping: $1.packets &- $0.packets) }
        }
        let least = max(1, Int(Double(sent) * Self.part))
        let path = counts.firstIndex { ($0.first ?? 0) >= least }
        self.path = path
        var passed = ["port \(port)"]
        guard let path else {
            self.passed = passed
            obstacle =
                sent == 0 ? "the generator did not send" : "the cable of port \(port): no NIC received the frames"
            return
        }
        var obstacle: String?
        for (hop, count) in zip(before[path], counts[path]) {
            guard count >= least else {
                obstacle =
                    hop.isReceiving
                    ? "guest \(hop.peer.name)" : "\(hop.testpmd), which does not send to \(hop.peer.name)"
                break
            }
            let name = hop.peer.name
            if passed.last != name { passed.append(name) }
        }
        if obstacle == nil, received < least { obstacle = "the cable behind \(passed.last ?? "the last NIC")" }
        if obstacle == nil { passed.append("port \(1 - port)") }
        self.passed = passed
        self.obstacle = obstacle
    }

    /// One line, such as `port 0 → nic0 → vm1 → nic1 → port 1: 1000 of 1000 frames`.
    package var text: String {
        let way = passed.joined(separator: " → ")
        guard let obstacle else { return "\(way): \(received) of \(sent) frames" }
        return "\(way): stops at \(obstacle): \(received) of \(sent) frames"
    }

    /// An item of the document.
    package var json: JSON {
        [
            "port": .number(port), "sent": .number(sent), "received": .number(received), "passed": .strings(passed),
            "obstacle": .optional(obstacle), "text": .string(text),
        ]
    }
}
