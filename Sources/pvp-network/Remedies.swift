import Diagnostics
import Libvirt

extension Problem {
    /// A failure of libvirt, told for a network, with what to do about it.
    init(network: String, _ action: String, _ error: LibvirtError) {
        let (code, remedy) = Self.remedy(for: error)
        self.init(code, "network \(network): \(action): \(error.message)", remedy: remedy)
    }

    private static func remedy(for error: LibvirtError) -> (code: String, remedy: String) {
        switch error.kind {
        case .denied: return ("libvirt-denied", "run as root or as a member of group libvirt")
        case .xml: return ("network-xml", "systemctl cat pvp-network shows the XML, which pvpgen generate makes anew")
        case .unsupported:
            return (
                "network-unsupported",
                "install libvirt's network driver: package libvirt-daemon-driver-network, or start virtnetworkd.socket"
            )
        default: break
        }
        // libvirt has one number for most of what goes wrong, so the words decide.
        for (part, code, remedy) in words where error.message.contains(part) { return (code, remedy) }
        return ("network-failed", "journalctl -u libvirtd -u virtnetworkd")
    }

    private static let words: [(part: String, code: String, remedy: String)] = [
        (
            "listening socket", "dnsmasq-port",
            "another DNS or DHCP server has every address: let it have those of its own interfaces (dnsmasq: bind-dynamic)"
        ),
        ("dnsmasq", "dnsmasq-missing", "install the package dnsmasq-base (dnsmasq on Fedora)"),
        ("iptables", "firewall", "install the package iptables"),
        ("nft", "firewall", "install the package nftables"),
        ("firewall", "firewall", "install the package iptables or nftables"),
        ("connect socket", "libvirt-unreachable", "start it: systemctl start libvirtd (or virtqemud.socket and virtnetworkd.socket)"),
    ]
}
