/// The settings of `[Testpmd]` that need no planning.
package struct TestpmdOptions: Hashable, Sendable {
    /// What is done with each packet.
    package var forwardMode = ForwardMode.io
    /// Receive and transmit queues of each port.
    package var queues = 1
    /// Descriptors in each queue.
    package var descriptors = 1024
    /// The most packets that are received or sent in one call; `nil` for testpmd's own default.
    package var burstSize: Int?
    /// How received packets are distributed among the queues of a port.
    package var rss = RSS.ip
    /// The number of packet buffers; `nil` for testpmd's own default, which depends on the number
    /// of lcores.
    package var mbufCount: Int?
    /// The size of each packet buffer in bytes, headroom included; several sizes have a pool each.
    /// Empty for testpmd's own default.
    package var mbufSizes: [Int] = []
    /// The program.
    package var binary = "/usr/bin/dpdk-testpmd"
    /// The `[Build]` that provides the program; `nil` for `binary`.
    package var build: String?
    /// Arguments for EAL, behind the planned ones.
    package var ealArguments: [String] = []
    /// Arguments for testpmd itself, behind the planned ones.
    package var extraArguments: [String] = []
    /// How long it may take to stop, in seconds.
    package var stopTimeout = 30
    /// Whose members may look at its console.
    package var readOnlyGroup: String?
    /// Every default.
    package init() {}
}

/// Receive side scaling: the fields of a packet that decide on its queue (DPDK:
/// doc/guides/testpmd_app_ug/run_app.rst).
package enum RSS: String, CaseIterable, SettingConvertible {
    /// The IP addresses.
    case ip
    /// The IP addresses, and the ports of UDP.
    case udp
    /// None: all packets are in the first queue.
    case none

    /// testpmd's option; `nil` for its own default.
    package var argument: String? {
        switch self {
        case .ip: nil
        case .udp: "--rss-udp"
        case .none: "--disable-rss"
        }
    }
}

/// Forwarding modes that a chain through a guest can use (DPDK:
/// doc/guides/testpmd_app_ug/run_app.rst).
package enum ForwardMode: String, CaseIterable, SettingConvertible {
    /// As it came.
    case io
    /// With the port's own MAC addresses.
    case mac
    /// With source and destination MAC swapped.
    case macswap
}
