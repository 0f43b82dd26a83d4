/// The counters of a port where a path enters or leaves testpmd.
package struct HopCounters: Hashable, Sendable {
    /// What is at the other side of the port.
    package enum Peer: Hashable, Sendable {
        /// A NIC, with its name.
        case nic(String)
        /// A guest, with its name.
        case guest(String)

        /// The name.
        package var name: String {
            switch self {
            case .nic(let name), .guest(let name): name
            }
        }
    }

    /// The name of the testpmd.
    package var testpmd: String
    /// What is at the other side.
    package var peer: Peer
    /// Whether testpmd receives here; otherwise it sends.
    package var isReceiving: Bool
    /// Frames that testpmd received or sent here (`ipackets` or `opackets`).
    package var packets: UInt64
    /// Frames that the port dropped: `imissed`, `rx_nombuf` and `ierrors`, or `oerrors`.
    package var drops: UInt64

    package init(testpmd: String, peer: Peer, isReceiving: Bool, packets: UInt64, drops: UInt64 = 0) {
        self.testpmd = testpmd
        self.peer = peer
        self.isReceiving = isReceiving
        self.packets = packets
        self.drops = drops
    }
}
