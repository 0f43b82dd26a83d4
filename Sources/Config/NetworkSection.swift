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
        "The guests' management network: libvirt's, with an address for each guest by DHCP. It is made with the chain and goes with it."
    /// The settings of `[Network]`.
    public static let settings: [Setting<NetworkSection>] = [
        Setting("Name", \.name, .networkName, default: "pvp", "Name of libvirt's network; its bridge is virbr-NAME"),
        Setting(
            "Address", \.address, .ownAddress, default: "192.168.200.1/24", "This host's address on it, with the length of its prefix"),
    ]
}
