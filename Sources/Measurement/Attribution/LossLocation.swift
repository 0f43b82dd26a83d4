/// Where frames are lost.
package enum LossLocation: Hashable, Sendable {
    /// In the NIC where they enter the host: no free descriptor, no buffer, or an error.
    case nic(String)
    /// In testpmd: the port did not take what testpmd had received. Toward a guest that is a full
    /// ring, because the guest is too slow.
    case testpmd(String, toward: HopCounters.Peer)
    /// In testpmd: the port of a guest had no buffer for a frame.
    case testpmdReceiving(String, from: HopCounters.Peer)
    /// In the guest: it received them and did not send them.
    case guest(String)
    /// In the NIC where they leave the host.
    case sendingNIC(String)

    /// The place, such as `the guest vm1`.
    package var text: String {
        switch self {
        case .nic(let name): "NIC \(name)"
        case .testpmd(let name, .guest(let guest)): "\(name) toward guest \(guest)"
        case .testpmd(let name, .nic(let nic)): "\(name) toward NIC \(nic)"
        case .testpmdReceiving(let name, let peer): "\(name) receiving from \(peer.name)"
        case .guest(let name): "guest \(name)"
        case .sendingNIC(let name): "NIC \(name) when sending"
        }
    }
}
