import Measurement
package import Values

/// What pvp-traffic sends in one trial.
package struct TrafficTrial: Hashable, Sendable {
    /// Identifies its frames; another number than that of the trial before.
    package var id: UInt16
    /// Frames per second and direction, at most 2³² - 1.
    package var rate: Int
    package var duration: Duration
    /// Sizes of frames in bytes with CRC, sent in this order again and again: up to 16, each of 64
    /// (IPv4) or 84 (IPv6) to 2048.
    package var sizes = [64]
    /// The number of UDP source ports.
    package var flows = 1
    package var hasIPv6 = false
    /// The numbers of the ports that send; all if empty.
    package var senders: [Int] = []
    /// The destination MAC address of what each port sends; that of the other port if not given.
    package var destinations: [MACAddress?] = []
    /// How late a frame may be sent. What is later is not made up for, and counts as unsent.
    package var maximumLag = Self.defaultLag
    /// Whether the result has a histogram of latencies.
    package var hasLatency = false

    /// The lag of pvp-traffic itself.
    package static let defaultLag = Duration.milliseconds(1)

    package init(id: UInt16, rate: Int, duration: Duration) {
        self.id = id
        self.rate = rate
        self.duration = duration
    }

    /// The sizes of the simple Internet mix: seven frames of 64 bytes, four of 570, one of 1518
    /// (FD.io CSIT, "IMIX").
    package static let imix = [64, 570, 64, 570, 64, 64, 570, 64, 570, 64, 64, 1518]

    /// The command for pvp-traffic.
    package var line: String {
        var words = [
            "trial", "id=\(id)", "rate=\(rate)", "duration_us=\(duration.microseconds)",
            "sizes=\(sizes.map(String.init).joined(separator: ","))", "flows=\(flows)",
        ]
        if hasIPv6 { words.append("ipv6=1") }
        if maximumLag != Self.defaultLag { words.append("lag_us=\(maximumLag.microseconds)") }
        if !senders.isEmpty { words.append("directions=\(senders.reduce(0) { $0 | 1 << $1 })") }
        for (port, address) in destinations.enumerated() {
            if let address { words.append("destination\(port)=\(address)") }
        }
        if hasLatency { words.append("latency=1") }
        return words.joined(separator: " ")
    }
}
