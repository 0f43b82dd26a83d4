public import HostTopology

/// `[Network]`: the network on which this host and its guests reach each other.
public struct NetworkSection: ConfigSection {
    /// libvirt's name for it.
    public var name = "pvp"
    /// This host's address on it.
    public var address = IPv4Interface(IPv4Address(0xc0a8_c801), prefix: 24)
    /// Where it was read.
    public var source = SectionSource()
    /// The section with every default.
    public init() {}
}

extension NetworkSection {
    /// `[Network]`
    public static let title = "Network"
    /// What `[Network]` is for.
    public static let documentation =
        "Describes the management network: a libvirt network that assigns an address to each guest by DHCP. "
        + "pvp-network.service creates it and removes it on stop."
    /// The settings of `[Network]`.
    public static let settings: [Setting<NetworkSection>] = [
        Setting(
            "Name", \.name, .networkName, default: "pvp",
            summary: "Name of the libvirt network",
            description: "Specifies the name of the libvirt network. The bridge is named virbr-NAME."),
        Setting(
            "Address", \.address, .ownAddress, default: "192.168.200.1/24",
            summary: "Address of this host, with prefix length",
            description: "Specifies the address of this host on the network, with the prefix length."),
    ]
}
