extension Problem.Code {
    /// An address setting is used with Network=no.
    package static let guestNetwork = Problem.Code("guest-network")
    /// The management network has no free address.
    package static let networkFull = Problem.Code("network-full")
    /// An address is not in the management network.
    package static let addressOutside = Problem.Code("address-outside")
    /// An address is the host's own.
    package static let addressHost = Problem.Code("address-host")
    /// An address is used by two guests.
    package static let addressTwice = Problem.Code("address-twice")
    /// SSHListen= is set without SSHPort=.
    package static let sshPort = Problem.Code("ssh-port")
    /// Two guests listen on the same port.
    package static let sshPortTwice = Problem.Code("ssh-port-twice")
    /// Another process listens on a guest's port.
    package static let sshPortUsed = Problem.Code("ssh-port-used")
    /// The guest has no address for SSH.
    package static let sshNoNetwork = Problem.Code("ssh-no-network")
    /// The guest for SSH is not named.
    package static let sshAmbiguous = Problem.Code("ssh-ambiguous")
    /// The management network overlaps another network.
    package static let networkSubnet = Problem.Code("network-subnet")
    /// The name of the network is in use in libvirt.
    package static let networkName = Problem.Code("network-name")
    /// The name of the bridge is in use.
    package static let networkBridge = Problem.Code("network-bridge")
    /// The XML of the management network is invalid.
    package static let networkXML = Problem.Code("network-xml")
    /// libvirt has no network driver.
    package static let networkUnsupported = Problem.Code("network-unsupported")
    /// The management network does not exist.
    package static let networkMissing = Problem.Code("network-missing")
    /// libvirt failed to manage the network.
    package static let networkFailed = Problem.Code("network-failed")
    /// The host's network configuration cannot be read.
    package static let networkUnreadable = Problem.Code("network-unreadable")
    /// dnsmasq is not installed.
    package static let dnsmasqMissing = Problem.Code("dnsmasq-missing")
    /// Another DNS or DHCP server uses the address.
    package static let dnsmasqPort = Problem.Code("dnsmasq-port")
    /// libvirt cannot configure the firewall.
    package static let firewall = Problem.Code("firewall")
}
