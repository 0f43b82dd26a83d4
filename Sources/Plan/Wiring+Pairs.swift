import Config
import Diagnostics

extension Wiring.Ports {
    /// Finds out which ports forward to each other: as `Peer=` says, or naturally: each interface to a NIC of its own, or guests one after the other between two NICs.
    /// `isTold` says that a mistake has been reported which may be the reason for what is missing here.
    mutating func pair(_ section: TestpmdSection, isTold: Bool, elsewhere: (String) -> Bool) -> [Problem] {
        if interfaces.contains(where: { $0.section?.peer != nil }) { return pairByPeers(elsewhere) }
        if interfaces.isEmpty { return [] }
        let names = interfaces.map(\.name)
        if names.count == nics.count {
            pairs = Array(zip(nics.map(\.name), names))
            return []
        }
        if nics.count == 2, isChain {
            let order = [nics[0].name] + names + [nics[1].name]
            pairs = stride(from: 0, to: order.count, by: 2).map { (order[$0], order[$0 + 1]) }
            return []
        }
        let guests = Set(interfaces.map(\.guest)).count
        return isTold
            ? []
            : [
                Problem(
                    "pairs",
                    "testpmd \(section.name ?? ""): \(nics.count) NICs and \(guests) guests with \(names.count) interfaces: not said which forward to each other",
                    remedy:
                        "have as many interfaces as NICs, or two NICs and two interfaces in each guest, or say it with [Interface] sections and Peer=",
                    at: section.location)
            ]
    }

    /// Whether each guest has two interfaces.
    private var isChain: Bool {
        interfaces.count % 2 == 0
            && stride(from: 0, to: interfaces.count, by: 2).allSatisfy { interfaces[$0].guest == interfaces[$0 + 1].guest }
    }

    private mutating func pairByPeers(_ elsewhere: (String) -> Bool) -> [Problem] {
        var problems: [Problem] = []
        let nicNames = Set(nics.map(\.name))
        let sections = Dictionary(interfaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var partners: [String: String] = [:]
        for interface in interfaces {
            guard let section = interface.section, let peer = section.peer else { continue }
            func report(_ code: String, _ message: String, _ remedy: String) {
                problems.append(
                    Problem(code, "interface \(interface.name): Peer=\(peer) \(message)", remedy: remedy, at: section.location(of: "Peer")))
            }
            if peer == interface.name {
                report("peer-itself", "is the interface itself", "name a NIC or another interface")
            } else if !nicNames.contains(peer), sections[peer] == nil {
                if elsewhere(peer) {
                    report(
                        "peer-elsewhere", "is a port of another testpmd than \(interface.testpmd)",
                        "name a NIC or an interface of the same testpmd")
                } else {
                    report(
                        "peer-unknown", "is no NIC and no interface",
                        "name one of \((nics.map(\.name) + interfaces.map(\.name)).joined(separator: ", "))")
                }
            } else if let back = sections[peer]?.section?.peer, back != interface.name {
                report("peer-differs", "has itself Peer=\(back)", "let both name each other, or leave one Peer= out")
            } else if let other = partners[peer], other != interface.name {
                report("peer-twice", "forwards to \(other) already", "give each port one peer")
            } else {
                partners[peer] = interface.name
                partners[interface.name] = peer
            }
        }
        for interface in interfaces where partners[interface.name] == nil && interface.section?.peer == nil && !interface.isWrong {
            problems.append(
                Problem(
                    "peer-missing",
                    "interface \(interface.name): nothing forwards to it, while others of testpmd \(interface.testpmd) have a Peer=",
                    remedy: "set Peer= in its [Interface] section", at: interface.section?.location))
        }
        for nic in nics where partners[nic.name] == nil {
            problems.append(
                Problem(
                    "nic-idle", "NIC \(nic.name): no interface has it as Peer=, so nothing is forwarded to it or from it",
                    remedy: "set Peer=\(nic.name) in an [Interface] section", severity: .warning,
                    at: interfaces.lazy.compactMap(\.section?.location).first))
        }
        pairs = (nics.map(\.name) + interfaces.map(\.name)).compactMap { name in
            guard let partner = partners[name] else { return nil }
            partners[partner] = nil
            return (name, partner)
        }
        return problems
    }
}
