/// A counter of a port; the raw value is telemetry's name for it (DPDK: lib/ethdev/rte_ethdev.h,
/// `struct rte_eth_stats`). It only grows until the port, or testpmd, is restarted or a client
/// clears it.
package enum Counter: String, CaseIterable, Hashable, Sendable {
    /// Packets received.
    case receivedPackets = "ipackets"
    /// Packets sent.
    case sentPackets = "opackets"
    /// Bytes received: frames as the driver counts them, without preamble and gap, and mostly
    /// without their checksum.
    case receivedBytes = "ibytes"
    /// Bytes sent, counted in the same way.
    case sentBytes = "obytes"
    /// Packets that the hardware dropped because no descriptor was free: testpmd is too slow.
    case missed = "imissed"
    /// Packets received with an error, such as a wrong checksum.
    case receiveErrors = "ierrors"
    /// Packets that were not sent; drivers of vhost count what the guest's ring had no room for
    /// (since DPDK 23.11; none before).
    case sendErrors = "oerrors"
    /// Receptions that failed because there was no packet buffer.
    case noBuffer = "rx_nombuf"
}
