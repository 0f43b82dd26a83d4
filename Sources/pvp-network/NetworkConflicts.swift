import Diagnostics
import Linux
import Values

/// Why a network cannot be created, checked before libvirt is called: its message names neither the
/// owner nor a remedy.
struct NetworkConflicts {
    let name: String
    let address: IPv4Interface
    let bridge: String

    /// Another network has the name.
    func name(by uuid: String, isActive: Bool) -> Problem {
        Problem(
            .networkName,
            "network \(name): libvirt has a network \(name) that pvpgen did not create (\(uuid), "
                + "\(isActive ? "active" : "not active"))",
            remedy: "set [Network] Name=, or run 'virsh net-destroy \(name)' and 'virsh net-undefine \(name)'")
    }

    /// Another network of libvirt's has some of the addresses.
    func addresses(by other: NetworkXML) -> Problem? {
        guard let theirs = other.addresses.first(where: address.overlaps) else { return nil }
        return Problem(
            .networkSubnet, "network \(name): \(address) overlaps \(theirs) of libvirt's network \(other.name)",
            remedy: "set [Network] Address=, or run 'virsh net-destroy \(other.name)'")
    }

    /// The machine has a way of its own to some of the addresses.
    func addresses(by tables: RoutingTables) -> Problem? {
        guard let route = tables.route(overlapping: address, besides: bridge) else { return nil }
        return Problem(
            .networkSubnet,
            "network \(name): \(address) overlaps \(route.destination), which is on interface \(route.interface)",
            remedy: "set [Network] Address= to addresses that this host does not reach yet")
    }

    /// Another owner has an interface of the bridge's name.
    var bridgeProblem: Problem {
        Problem(
            .networkBridge, "network \(name): interface \(bridge) already exists, and does not belong to libvirt",
            remedy: "run 'ip link delete \(bridge)', or set [Network] Name=")
    }
}
