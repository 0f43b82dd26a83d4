import Diagnostics
import Libvirt

extension Problem {
    /// A failure of libvirt for a network, with a remedy.
    init(network: String, _ action: String, _ error: LibvirtError) {
        let (code, remedy) = Self.remedy(for: error)
        self.init(code, "network \(network): \(action): \(error.message)", remedy: remedy)
    }

    private static func remedy(for error: LibvirtError) -> (code: Problem.Code, remedy: String) {
        switch error.kind {
        case .denied: return (.libvirtDenied, "run the command as root or as a member of the group libvirt")
        case .xml:
            return (
                .networkXML,
                "run 'systemctl daemon-reload', which writes the XML again; 'systemctl cat pvp-network' prints it"
            )
        case .unsupported:
            return (
                .networkUnsupported,
                "install libvirt's network driver: package libvirt-daemon-driver-network, or start virtnetworkd.socket"
            )
        default: break
        }
        // libvirt has one number for most of what goes wrong, so the words decide.
        for (part, code, remedy) in words where error.message.contains(part) { return (code, remedy) }
        return (.networkFailed, "read 'journalctl -u libvirtd -u virtnetworkd'")
    }

    private static let words: [(part: String, code: Problem.Code, remedy: String)] = [
        (
            "listening socket", .dnsmasqPort,
            "limit the DNS or DHCP server that listens on all addresses to its own interfaces (dnsmasq: bind-dynamic)"
        ),
        ("dnsmasq", .dnsmasqMissing, "install the package dnsmasq-base (dnsmasq on Fedora)"),
        ("iptables", .firewall, "install the package iptables"),
        ("nft", .firewall, "install the package nftables"),
        ("firewall", .firewall, "install the package iptables or nftables"),
        (
            "connect socket", .libvirtUnreachable,
            "run 'systemctl start libvirtd', or start virtqemud.socket and virtnetworkd.socket"
        ),
    ]
}
