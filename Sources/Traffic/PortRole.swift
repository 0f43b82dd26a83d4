package import Plan
import Values

/// What a port of a testpmd is for.
package struct PortRole: Hashable, Sendable {
    /// What is at the other end of it.
    package enum Kind: String, Hashable, Sendable {
        /// A network card, and through it the wire.
        case nic = "NIC"
        /// A guest's interface.
        case vhost
        /// Something else, such as a port of nothing.
        case other
    }

    /// What people call it: a NIC's name, or `GUEST/INTERFACE`.
    package var name: String
    /// What it is.
    package var kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// That of a NIC.
    package init(_ nic: Plan.NIC) { self.init(name: nic.name, kind: .nic) }

    /// Creates the role of a guest's vhost-user interface, named GUEST/INTERFACE.
    package init(_ vhost: VhostPort) { self.init(name: "\(vhost.guest)/\(vhost.name)", kind: .vhost) }

    /// The role by DPDK's own name for a port, where there is no plan.
    package init(device: String) {
        let kind: Kind =
            if device.hasPrefix("net_vhost") { .vhost } else { PCIAddress(device) != nil ? .nic : .other }
        self.init(name: device.isEmpty ? "-" : device, kind: kind)
    }
}
