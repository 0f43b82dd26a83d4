package import Plan

/// The way of a packet through the chain: from the wire into a NIC, through each guest, and out of
/// a NIC again.
package struct PacketPath: Hashable, Sendable {
    /// A port that it goes through.
    package struct Hop: Hashable, Sendable {
        /// Which way, as testpmd sees it.
        package enum Direction: String, Hashable, Sendable {
            /// testpmd receives it.
            case into = "in"
            /// testpmd sends it.
            case out
        }

        /// The testpmd's name.
        package var testpmd: String
        /// DPDK's number for the port.
        package var port: Int
        /// What the port is.
        package var role: PortRole
        /// Which way.
        package var direction: Direction
    }

    /// All of them; it begins with one in, and in and out take turns.
    package var hops: [Hop]

    /// The ways of a plan, one for each NIC that a port forwards from. A packet that enters a guest
    /// at one interface leaves at its neighbor, 0 and 1, 2 and 3 and so on; on the same if there is
    /// none beside it.
    package static func all(in plan: Plan) -> [PacketPath] {
        let ports = Ports(plan)
        return plan.nics.compactMap { nic in
            guard !nic.testpmd.isEmpty else { return nil }
            var port = PortID(testpmd: nic.testpmd, number: nic.port)
            var hops: [Hop] = []
            // A way that comes back to where it was would have no end.
            var seen: Set<PortID> = []
            while seen.insert(port).inserted, let peer = ports.peers[port], let from = ports.roles[port],
                let to = ports.roles[peer]
            {
                hops.append(Hop(testpmd: port.testpmd, port: port.number, role: from, direction: .into))
                hops.append(Hop(testpmd: peer.testpmd, port: peer.number, role: to, direction: .out))
                guard let next = ports.throughGuest[peer] else { break }
                port = next
            }
            return hops.isEmpty ? nil : PacketPath(hops: hops)
        }
    }
}

/// A port of a testpmd.
private struct PortID: Hashable {
    var testpmd: String
    var number: Int
}

/// What is at each port, and where packets go from there.
private struct Ports {
    var roles: [PortID: PortRole] = [:]
    /// The port that testpmd forwards to (DPDK: doc/guides/testpmd_app_ug/run_app.rst,
    /// `--port-topology=paired`).
    var peers: [PortID: PortID] = [:]
    /// The port where it comes back when it is sent to a guest.
    var throughGuest: [PortID: PortID] = [:]

    init(_ plan: Plan) {
        for nic in plan.nics { roles[PortID(testpmd: nic.testpmd, number: nic.port)] = PortRole(nic) }
        for testpmd in plan.testpmds {
            let ports = testpmd.portList.map { PortID(testpmd: testpmd.name, number: $0) }
            for first in stride(from: 0, to: ports.count - 1, by: 2) {
                peers[ports[first]] = ports[first + 1]
                peers[ports[first + 1]] = ports[first]
            }
        }
        for guest in plan.guests {
            let ports = guest.vhosts.map { PortID(testpmd: $0.testpmd, number: $0.port) }
            for (index, port) in ports.enumerated() {
                roles[port] = PortRole(guest.vhosts[index])
                throughGuest[port] = ports.indices.contains(index ^ 1) ? ports[index ^ 1] : port
            }
        }
    }
}
