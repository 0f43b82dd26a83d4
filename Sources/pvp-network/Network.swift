import Diagnostics
import HostTopology
import Libvirt
import Linux

/// What is done through libvirt for the network.
struct Network {
    let arguments: Arguments
    let root: Root

    /// Makes the network, and nothing when something of it is taken.
    func create(xml: String) throws(Problem) {
        let parsed = NetworkXML(xml)
        guard parsed.name == arguments.name, parsed.uuid == arguments.uuid else {
            throw Problem(
                "network-xml",
                "network \(arguments.name): the XML on standard input is of network '\(parsed.name)' with UUID '\(parsed.uuid)'",
                remedy: "the unit's StandardInputText= has to hold the network that pvpgen makes")
        }
        let connection = try connect()
        let taken = Taken(name: arguments.name, address: arguments.address, bridge: arguments.bridge)
        do {
            if let there = try connection.network(named: arguments.name) {
                let isActive = try there.isActive()
                guard there.uuid == arguments.uuid else { throw Refusal.taken(taken.name(by: there.uuid, isActive: isActive)) }
                if isActive {
                    try there.destroy()
                    say(.notice, "network \(arguments.name): took away what an earlier run left behind")
                }
            }
            for other in try connection.activeNetworks() {
                if let problem = taken.addresses(by: NetworkXML(try other.xml())) { throw Refusal.taken(problem) }
            }
            if root.exists("/sys/class/net/\(arguments.bridge)") { throw Refusal.taken(taken.bridgeProblem) }
            if let problem = taken.addresses(by: IPv4Route.all(in: root)) { throw Refusal.taken(problem) }
            _ = try connection.createNetwork(xml: xml)
        } catch {
            throw problem("cannot be created", error)
        }
    }

    /// Takes the network away if it is ours.
    func destroy() throws(Problem) {
        let connection = try connect()
        do {
            guard let network = try connection.network(named: arguments.name) else { return }
            guard network.uuid == arguments.uuid else {
                return say(.notice, "network \(arguments.name): another has the name now and is left alone")
            }
            if try network.isActive() { try network.destroy() }
        } catch {
            if !error.isGone { throw problem("cannot be taken away", error) }
        }
    }

    private enum Refusal: Error { case taken(Problem) }

    private func problem(_ action: String, _ error: any Error) -> Problem {
        switch error {
        case Refusal.taken(let problem): problem
        case let error as LibvirtError: Problem(network: arguments.name, action, error)
        default: Problem("network-failed", "network \(arguments.name): \(action): \(error)", remedy: "journalctl -u libvirtd")
        }
    }

    private func connect() throws(Problem) -> Connection {
        do { return try Connection(arguments.connect) } catch { throw problem("cannot reach libvirt at \(arguments.connect)", error) }
    }
}

/// A line for people, on standard error.
func say(_ level: Level, _ line: String) { complain("pvp-network: \(line)", level: level) }
