import JSON

/// A port as telemetry shows it.
package struct Port: Hashable, Sendable {
    /// DPDK's number for it.
    package var number: Int
    /// DPDK's name for it, such as `0000:17:00.0` or `net_vhost0`; empty if telemetry does not
    /// report it.
    package var name: String
    /// Whether the program has started it. True if telemetry does not report it and the link
    /// answers.
    package var isStarted: Bool
    /// Its MAC address as telemetry writes it; `nil` if telemetry does not report it.
    package var address: String?
    /// Whether it takes frames for other addresses; `nil` if telemetry does not report it.
    package var isPromiscuous: Bool?
    /// Whether its link is up.
    package var isUp: Bool
    /// The speed of its link in Mbps; `nil` when it is down, or has no speed.
    package var speed: Int?
    /// Whether its link takes both directions at once; `nil` when it is down.
    package var isFullDuplex: Bool?
    /// The counters that telemetry shows; none of a port that is not started.
    package var counters: [Counter: UInt64]

    /// Creates a port of which little is known.
    package init(
        number: Int, name: String = "", isStarted: Bool = false, isUp: Bool = false, speed: Int? = nil,
        isFullDuplex: Bool? = nil,
        counters: [Counter: UInt64] = [:]
    ) {
        self.number = number
        self.name = name
        self.isStarted = isStarted
        self.isUp = isUp
        self.speed = speed
        self.isFullDuplex = isFullDuplex
        self.counters = counters
    }
}

// The answers of releases 21.11 to 25.11 (DPDK: lib/ethdev/rte_ethdev_telemetry.c).
extension Port {
    mutating func take(info: JSON) {
        name = info["name"]?.string ?? ""
        isStarted = info == .null || info["dev_started"]?.isSet == true
        address = info["mac_addr"]?.string
        isPromiscuous = info["promiscuous"]?.isSet
    }

    mutating func take(link: JSON) {
        let status = link["status"]?.string?.uppercased()
        isStarted = isStarted && status != nil
        isUp = status == "UP"
        guard isUp else { return }
        // 0 is none and 2³² - 1 is unknown (RTE_ETH_SPEED_NUM_NONE and _UNKNOWN).
        speed = link["speed"]?.whole.flatMap { (1..<UInt64(UInt32.max)).contains($0) ? Int($0) : nil }
        isFullDuplex = link["duplex"]?.string.map { $0.lowercased().hasPrefix("full") }
    }

    mutating func take(counters answer: JSON) {
        for counter in Counter.allCases { counters[counter] = answer[counter.rawValue]?.whole }
    }
}

extension JSON {
    /// Whether a number is 1, as some releases write `true`.
    fileprivate var isSet: Bool { whole == 1 || self == .bool(true) }

    /// A whole number, also one that is written as a text: some releases put `"0x1f"` there, and of
    /// a text `"12"` there is no doubt either.
    var whole: UInt64? {
        guard let text = string else { return counter }
        return text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}
