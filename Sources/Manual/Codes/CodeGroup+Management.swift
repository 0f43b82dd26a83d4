import Diagnostics

extension CodeGroup {
    static let management = CodeGroup(
        "Management network and SSH",
        [
            CodeDocumentation(
                .guestNetwork, "An address setting is used with Network=no",
                """
                Address=, SSHPort= or MACAddress= concern the management network, and Network=no keeps the guest \
                off it.
                Network=no was added to a guest with an address.
                Remove the setting that the message names, or remove Network=no.
                """),
            CodeDocumentation(
                .networkFull, "The management network has no free address",
                """
                The management network has fewer addresses than guests.
                The prefix of Address= in [Network] is long, such as /30.
                Set a shorter prefix in [Network], or Network=no for guests that do not require SSH.
                """),
            CodeDocumentation(
                .addressOutside, "An address is not in the management network",
                """
                Address= of a guest is not a usable address of the management network.
                Address= in [Network] was changed, or the network's first or last address was chosen.
                Choose an address between the two in the remedy, or remove Address=.
                """),
            CodeDocumentation(
                .addressHost, "An address is the host's own",
                """
                Address= of a guest is the address of the host on the management network.
                The first address of the network was chosen, which is the host's by default.
                Choose another address, or remove Address=.
                """),
            CodeDocumentation(
                .addressTwice, "An address is used by two guests",
                """
                Two guests have the same Address=.
                A [Guest] section was copied.
                Choose another address, or remove Address= in one of them.
                """),
            CodeDocumentation(
                .sshPort, "SSHListen= is set without SSHPort=",
                """
                SSHListen= selects the address for SSHPort=, which is not set. No port is opened. This is a \
                warning.
                SSHPort= was removed, or never added.
                Set SSHPort=, or remove SSHListen=.
                """),
            CodeDocumentation(
                .sshPortTwice, "Two guests listen on the same port",
                """
                Two guests listen on the same host address and port.
                A [Guest] section was copied.
                Give each guest its own SSHPort= or SSHListen=.
                """),
            CodeDocumentation(
                .sshPortUsed, "Another process listens on a guest's port",
                """
                Another process listens on the address and port of SSHPort=, so the socket unit of the guest \
                cannot start.
                Another service uses the port, or the port is that of the host's own SSH server.
                Set another SSHPort= or SSHListen=. 'ss -ltnp' names the process.
                """),
            CodeDocumentation(
                .sshNoNetwork, "The guest has no address for SSH",
                """
                The guest has no address on the management network, so SSH cannot reach it.
                Network=no is set in its [Guest] section.
                Remove Network=no, or use 'pvpgen console'.
                """),
            CodeDocumentation(
                .sshAmbiguous, "The guest for SSH is not named",
                """
                Several guests are configured and 'pvpgen ssh' was called without a name.
                The command has no argument.
                Name the guest.
                """),
            CodeDocumentation(
                .networkSubnet, "The management network overlaps another network",
                """
                Address= in [Network] overlaps a route of the host or another network of libvirt. Guests would be \
                unreachable.
                The default address is in use in the site's network, or libvirt has a network with the same range.
                Set Address= in [Network] to a range that the host does not use.
                """),
            CodeDocumentation(
                .networkName, "The name of the network is in use in libvirt",
                """
                libvirt has a network of this name that pvpgen did not create. pvpgen does not change it.
                Another tool uses the same name, or a network of an earlier test was kept.
                Set Name= in [Network], or remove the other network with virsh.
                """),
            CodeDocumentation(
                .networkBridge, "The name of the bridge is in use",
                """
                The host has a network interface with the name of the management network's bridge, and it does not \
                belong to libvirt.
                Another tool created the bridge, or an interface was renamed.
                Remove the interface, or set Name= in [Network].
                """),
            CodeDocumentation(
                .networkXML, "The XML of the management network is invalid",
                """
                The XML that pvp-network received is not that of the planned network, or libvirt does not accept \
                it.
                The unit pvp-network.service was edited, or libvirt is too old for an element.
                Compare 'systemctl cat pvp-network' with 'pvpgen cat pvp-network.service'.
                """),
            CodeDocumentation(
                .networkUnsupported, "libvirt has no network driver",
                """
                libvirt has no driver for virtual networks.
                The package with the driver is not installed, or virtnetworkd is not running.
                Install libvirt-daemon-driver-network, or start virtnetworkd.socket.
                """),
            CodeDocumentation(
                .networkMissing, "The management network does not exist",
                """
                libvirt cannot start a guest because the management network does not exist.
                pvp-network.service has failed or was stopped.
                Run 'systemctl status pvp-network' and correct its error.
                """),
            CodeDocumentation(
                .networkFailed, "libvirt failed to manage the network",
                """
                libvirt could not create or remove the management network, for a reason that has no code of its \
                own.
                The message of libvirt names the reason.
                Read the journal of libvirtd or virtnetworkd.
                """),
            CodeDocumentation(
                .networkUnreadable, "The host's network configuration cannot be read",
                """
                The addresses and routes of the host cannot be read from the kernel, so pvpgen cannot check \
                whether a NIC is in use.
                The process is not allowed to open netlink sockets.
                Run the command as root. In a unit, RestrictAddressFamilies= must allow AF_NETLINK.
                """),
            CodeDocumentation(
                .dnsmasqMissing, "dnsmasq is not installed",
                """
                libvirt assigns the addresses of guests with dnsmasq, which is not installed.
                The package is optional on some distributions.
                Install dnsmasq-base (Debian, Ubuntu) or dnsmasq (Fedora).
                """),
            CodeDocumentation(
                .dnsmasqPort, "Another DNS or DHCP server uses the address",
                """
                dnsmasq of the management network cannot listen, because another DNS or DHCP server listens on all \
                addresses.
                A dnsmasq or named of the host runs without bind-dynamic.
                Configure the other server to listen on its own interfaces only.
                """),
            CodeDocumentation(
                .firewall, "libvirt cannot configure the firewall",
                """
                libvirt could not set up the rules of the management network.
                iptables or nftables is not installed, or the firewall of the host refuses the rules.
                Install iptables or nftables, and read the journal of libvirtd.
                """),
        ])
}
