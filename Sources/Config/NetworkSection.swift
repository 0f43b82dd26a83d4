package import Values

/// `[Network]`: the network on which this host and its guests reach each other.
package struct NetworkSection: ConfigSection {
    /// libvirt's name for it.
    package var name = "pvp"
    /// This host's address on it.
    package var address = IPv4Interface(IPv4Address(0xc0a8_c801), prefix: 24)
    /// Where it was read.
    package var source = SectionSource()
    /// The section with every default.
    package init() {}
}

extension NetworkSection {
    /// `[Network]`
    package static let title = "Network"
    /// What `[Network]` is for.
    package static let documentation =
        "Describes the management network: a libvirt network that assigns an address to each guest by DHCP. "
        + "pvp-network.service creates it and removes it on stop."
    /// The settings of `[Network]`.
    package static let settings: [Setting<NetworkSection>] = [
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
