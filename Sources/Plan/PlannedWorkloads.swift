import Config
import Values

/// The testpmds and guests that could be planned: those of the configuration without the ones that
/// could not.
struct PlannedWorkloads {
    var testpmds: [TestpmdPlan] = []
    var guests: [GuestPlan] = []
    /// Where each testpmd of the configuration is in `testpmds`.
    var testpmdIndices: [Int?] = []
    /// Where each of `guests` is in the configuration.
    var guestIndices: [Int] = []
}

extension Planner {
    /// Numbers the ports of what is left: the NICs, by address, and virtual devices after them.
    mutating func connect(_ nics: [Plan.NIC], _ wiring: PortTopology) -> [Plan.NIC] {
        var nics = nics
        // By the indices of testpmd and port. The other end of a port may have been left out: it
        // has no number, and nothing is forwarded to it.
        var numbers: [[Int?]] = wiring.ports.map { $0.nics.indices.map { $0 } + $0.interfaces.map { _ in nil } }
        var counts = wiring.ports.map { _ in 0 }
        for index in nics.indices {
            guard let owner = wiring.owners[nics[index].name] else { continue }
            nics[index].testpmd = config.testpmds[owner].name ?? ""
            nics[index].port = counts[owner]
            counts[owner] += 1
        }
        for (guest, section) in chain.guestIndices.enumerated() {
            for (index, interface) in wiring.interfaces[section].enumerated() {
                guard let testpmd = chain.testpmdIndices[interface.testpmd] else { continue }
                let port = chain.testpmds[testpmd].portCount
                chain.guests[guest].vhosts[index].port = port
                chain.testpmds[testpmd].vhosts.append(chain.guests[guest].vhosts[index])
                numbers[interface.testpmd][interface.portIndex] = port
            }
        }
        for (section, testpmd) in chain.testpmdIndices.enumerated() {
            guard let testpmd else { continue }
            let pairs = wiring.ports[section].pairs.compactMap { pair in
                numbers[section][pair.0].flatMap { first in
                    numbers[section][pair.1].map { (min(first, $0), max(first, $0)) }
                }
            }
            chain.testpmds[testpmd].portList =
                isInGuest
                ? Array(chain.testpmds[testpmd].nics.indices) : pairs.sorted { $0 < $1 }.flatMap { [$0.0, $0.1] }
        }
        return nics
    }
}
