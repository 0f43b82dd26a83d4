public import HostTopology

/// The guests' management network.
public struct NetworkPlan: Hashable, Sendable {
    /// libvirt's name for it.
    public var name: String
    /// By this the network is known as ours: the same at each boot of this machine, and nobody else's.
    public var uuid: String
    /// This host's address on it.
    public var host: IPv4Interface

    /// The bridge that the guests are on.
    public var bridge: String { "virbr-" + name }
}

extension GuestPlan {
    /// A guest's interface on the management network.
    public struct Management: Hashable, Sendable {
        /// libvirt's name for the network.
        public var network: String
        /// The guest's MAC address on it.
        public var mac: MACAddress
        /// The address that it gets there.
        public var address: IPv4Address
        /// Where this host listens for the guest's ssh, as a socket unit has it; `nil` for nowhere.
        public var sshListen: String?
    }

    /// The guest's address on the management network; `nil` when it is not on it.
    public var managementAddress: String? { management?.address.description }
}
