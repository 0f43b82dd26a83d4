import Diagnostics
import HostActions
import Linux
import Plan
import SystemdBus

extension HostCheck {
    /// Whether the subnet, ports and programs of the guests' network are available.
    var network: [Problem] {
        guard let network = plan.network else { return [] }
        return dnsmasq + subnet(network) + plan.guests.compactMap(sshPort)
    }

    /// libvirt runs it for each network.
    private var dnsmasq: [Problem] {
        let paths = ["/usr/sbin/dnsmasq", "/usr/bin/dnsmasq"]
        guard !paths.contains(where: root.isExecutable) else { return [] }
        return [
            Problem(
                .dnsmasqMissing,
                "dnsmasq: not found in \(paths.joined(separator: " or ")), required for the addresses of guests",
                remedy: "install the package dnsmasq-base (dnsmasq on Fedora)")
        ]
    }

    private func subnet(_ network: NetworkPlan) -> [Problem] {
        guard let route = RoutingTables(files: root).route(overlapping: network.host, besides: network.bridge) else {
            return []
        }
        return [
            Problem(
                .networkSubnet,
                "network \(network.name): \(network.host) overlaps \(route.destination), which is on interface "
                    + "\(route.interface)",
                remedy: "set [Network] Address= to addresses that this host does not reach yet")
        ]
    }

    private func sshPort(_ guest: GuestPlan) -> Problem? {
        guard let listen = guest.management?.sshListen,
            TCPListener.all(in: root).contains(where: { $0.conflicts(with: listen) })
        else {
            return nil
        }
        let unit = "pvp-ssh@\(guest.name).socket"
        // While it is up the listener is our own.
        if root.prefix.isEmpty, (try? ServiceManager().properties(of: unit).activeState) == "active" { return nil }
        return Problem(
            .sshPortUsed, "guest \(guest.name): \(listen) is in use on this host, so \(unit) cannot listen",
            remedy: "set SSHPort= or SSHListen= in its [Guest]; 'ss -ltnp' names the process")
    }
}
