package import Measurement
package import Plan
package import Telemetry
package import Traffic

/// The chain of a generator: its testpmd and the paths through it, one for each of its NICs.
package struct MeasuredPath: Hashable, Sendable {
    /// Name of the testpmd whose NICs the generator is connected to.
    package let testpmd: String
    /// The paths that begin at the NICs of the testpmd, in the order of the ports.
    package let paths: [PacketPath]

    /// `nil` if the plan has no path from each NIC of the testpmd to another one.
    package init?(of generator: GeneratorPlan, in plan: Plan) {
        testpmd = generator.testpmd
        paths = PacketPath.all(in: plan).filter { path in
            path.hops.first?.testpmd == generator.testpmd && path.hops.last?.role.kind == .nic
        }
        guard paths.count == 2 else { return nil }
    }

    /// The names of all NICs and guests on the paths.
    package var nics: [String] { names(.nic) }
    package var guests: [String] {
        names(.vhost).map { String($0.prefix { $0 != "/" }) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The testpmds on the paths.
    package var testpmds: [String] { hops.map(\.testpmd).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    private var hops: [PacketPath.Hop] { paths.flatMap(\.hops) }

    private func names(_ kind: PortRole.Kind) -> [String] {
        hops.filter { $0.role.kind == kind }.map(\.role.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The counters of each port on a path, from the ports of each testpmd by its name; `nil` if a
    /// port is missing.
    package static func counters(of path: PacketPath, in ports: [String: [Port]]) -> [HopCounters]? {
        var counters: [HopCounters] = []
        for hop in path.hops {
            guard let port = ports[hop.testpmd]?.first(where: { $0.number == hop.port }) else { return nil }
            let isReceiving = hop.direction == .into
            let name = hop.role.name
            counters.append(
                HopCounters(
                    testpmd: hop.testpmd,
                    peer: hop.role.kind == .nic ? .nic(name) : .guest(String(name.prefix { $0 != "/" })),
                    isReceiving: isReceiving,
                    packets: port.counters[isReceiving ? .receivedPackets : .sentPackets] ?? 0,
                    drops: port.drops(isReceiving: isReceiving)))
        }
        return counters
    }
}

extension Port {
    /// Frames that the port dropped in one direction.
    fileprivate func drops(isReceiving: Bool) -> UInt64 {
        let names: [Counter] = isReceiving ? [.missed, .noBuffer, .receiveErrors] : [.sendErrors]
        return names.reduce(0) { $0 + (counters[$1] ?? 0) }
    }
}
