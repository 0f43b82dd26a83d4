import Config
import Diagnostics

extension PortTopology.Ports {
    /// Finds out which ports of the testpmd at an index forward to each other: as `Peer=` says, or
    /// naturally: each interface to a NIC of its own, or guests one after the other between two
    /// NICs.
    mutating func pair(_ config: Config, _ index: Int, elsewhere: (String) -> Bool) -> [Problem] {
        if interfaces.contains(where: { $0.section.map { config.interfaces[$0].peer != nil } ?? false }) {
            return pairByPeers(config, elsewhere)
        }
        if interfaces.isEmpty { return [] }
        if interfaces.count == nics.count {
            pairs = nics.indices.map { ($0, nics.count + $0) }
            return []
        }
        if nics.count == 2, isChain {
            let order = [0] + interfaces.map(\.portIndex) + [1]
            pairs = stride(from: 0, to: order.count, by: 2).map { (order[$0], order[$0 + 1]) }
            return []
        }
        // A reported error may be the reason for what is missing here.
        if !config.isComplete { return [] }
        let guests = Set(interfaces.map(\.guest)).count
        return [
            Problem(
                .portPairs,
                "testpmd \(config.testpmds[index].name ?? ""): pairs of ports are ambiguous with \(nics.count) NICs "
                    + "and \(guests) guests with \(interfaces.count) interfaces",
                remedy:
                    "configure as many interfaces as NICs, two NICs and two interfaces in each guest, or pairs with "
                    + "[Interface] sections and Peer=",
                at: config.testpmds[index].location)
        ]
    }

    /// Whether each guest has two interfaces.
    private var isChain: Bool {
        interfaces.count % 2 == 0
            && stride(from: 0, to: interfaces.count, by: 2).allSatisfy {
                interfaces[$0].guest == interfaces[$0 + 1].guest
            }
    }

    private mutating func pairByPeers(_ config: Config, _ elsewhere: (String) -> Bool) -> [Problem] {
        var problems: [Problem] = []
        let nicNames = Set(nics.map(\.name))
        let sections = Dictionary(
            interfaces.map { ($0.name, $0.section.map { config.interfaces[$0] }) },
            uniquingKeysWith: { first, _ in first })
        var partners: [String: String] = [:]
        func testpmd(_ interface: PortTopology.Interface) -> String { config.testpmds[interface.testpmd].name ?? "" }
        for interface in interfaces {
            guard let section = interface.section.map({ config.interfaces[$0] }), let peer = section.peer else {
                continue
            }
            func report(_ code: Problem.Code, _ message: String, _ remedy: String) {
                problems.append(
                    Problem(
                        code, "interface \(interface.name): Peer=\(peer) \(message)", remedy: remedy,
                        at: section.location(of: "Peer")))
            }
            if peer == interface.name {
                report(.peerItself, "is the interface itself", "name a NIC or another interface")
            } else if !nicNames.contains(peer), sections[peer] == nil {
                if elsewhere(peer) {
                    report(
                        .peerElsewhere, "is a port of another testpmd than \(testpmd(interface))",
                        "name a NIC or an interface of the same testpmd")
                } else {
                    report(
                        .peerUnknown, "is neither a NIC nor an interface",
                        "name one of \(names.joined(separator: ", "))")
                }
            } else if let back = sections[peer]??.peer, back != interface.name {
                report(
                    .peerDiffers, "has another peer, Peer=\(back)",
                    "set both Peer= to each other, or remove one of them")
            } else if let other = partners[peer], other != interface.name {
                report(.peerTwice, "is already the peer of \(other)", "name another NIC or interface")
            } else {
                partners[peer] = interface.name
                partners[interface.name] = peer
            }
        }
        for interface in interfaces where partners[interface.name] == nil && !interface.isWrong {
            let section = interface.section.map { config.interfaces[$0] }
            if section?.peer != nil { continue }
            problems.append(
                Problem(
                    .peerMissing,
                    "interface \(interface.name): expected Peer=, as other interfaces of testpmd "
                        + "\(testpmd(interface)) have, found none",
                    remedy: "set Peer= in its [Interface] section", at: section?.location))
        }
        for nic in nics where partners[nic.name] == nil {
            problems.append(
                Problem(
                    .nicIdle, "NIC \(nic.name): not the Peer= of any interface, so the NIC forwards nothing",
                    remedy: "set Peer=\(nic.name) in an [Interface] section", severity: .warning,
                    at: interfaces.lazy.compactMap { $0.section.map { config.interfaces[$0].location } ?? nil }.first))
        }
        let indices = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        pairs = names.compactMap { name in
            guard let partner = partners[name] else { return nil }
            partners[partner] = nil
            return indices[name].flatMap { index in indices[partner].map { (index, $0) } }
        }
        return problems
    }
}
