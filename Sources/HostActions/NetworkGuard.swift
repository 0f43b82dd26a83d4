package import Diagnostics
import HostTopology
package import Linux
package import Values

/// Keeps the NICs of the host's own network on their drivers: those that carry an address or a
/// route now, and those that did when `pvpgen install` recorded the network.
package struct NetworkGuard: Sendable {
    private let network: HostNetwork
    private let record: NetworkRecord?
    private let root: Root

    /// Throws `network-unreadable`.
    package init(reading root: Root) throws(Problem) {
        network = try HostNetwork(reading: root)
        record = NetworkRecord(reading: root)
        self.root = root
    }

    /// Why a NIC must not be taken; `nil` when it may be. `subject` begins the message, such as
    /// `NIC 0000:17:00.0`. The codes are `nic-network` for a NIC that the network uses now,
    /// `nic-network-recorded`, and `nic-network-unknown`.
    package func objection(to address: PCIAddress, _ subject: String, needsRecord: Bool = true) -> Problem? {
        let function = PCIFunction(address: address, root: root)
        let force = "Force=yes in its [NIC] section takes it nevertheless"
        let now = network.uses(of: function)
        if !now.isEmpty {
            return Problem(
                .nicNetwork, "\(subject): the host's network uses it: \(Self.list(now))",
                remedy: "choose another NIC in [NIC], or remove its addresses and routes; \(force)")
        }
        guard let record else {
            // At boot no interface has an address yet, so the host's NIC cannot be distinguished
            // from the others.
            guard needsRecord, network.uses.isEmpty else { return nil }
            return Problem(
                .nicNetworkUnknown,
                "\(subject): use by the host's network is unknown: no interface has an address, and there is no "
                    + "record in \(NetworkRecord.path)",
                remedy: "run 'pvpgen install' while the network is up; \(force)")
        }
        let then = record.uses(of: function)
        if then.isEmpty { return nil }
        return Problem(
            .nicNetworkRecorded,
            "\(subject): the host's network used it when 'pvpgen install' recorded the network: \(Self.list(then))",
            remedy:
                "choose another NIC in [NIC]; if the NIC has left the host's network, run 'pvpgen install' again; "
                + "\(force)"
        )
    }

    /// Whether there is a record of this machine.
    package var hasRecord: Bool { record != nil }

    private static func list(_ uses: [HostNetwork.Use]) -> String { uses.map(\.description).joined(separator: "; ") }
}
