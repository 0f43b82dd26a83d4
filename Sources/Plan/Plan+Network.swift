package import Values

/// The guests' management network.
package struct NetworkPlan: Hashable, Sendable {
    /// libvirt's name for it.
    package var name: String
    /// The UUID that identifies the network as ours: the same at each boot of this machine, and
    /// used by no other network.
    package var uuid: String
    /// This host's address on it.
    package var host: IPv4Interface

    /// The bridge that the guests are on.
    package var bridge: String { "virbr-" + name }
}

extension GuestPlan {
    /// A guest's interface on the management network.
    package struct Management: Hashable, Sendable {
        /// libvirt's name for the network.
        package var network: String
        /// The guest's MAC address on it.
        package var mac: MACAddress
        /// The address that it gets there.
        package var address: IPv4Address
        /// Where this host listens for the guest's ssh, as a socket unit has it; `nil` for nowhere.
        package var sshListen: String?
    }

    /// The guest's address on the management network; `nil` when it is not on it.
    package var managementAddress: String? { management?.address.description }
}
