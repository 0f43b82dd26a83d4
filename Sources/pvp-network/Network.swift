import Diagnostics
import HelperCalls
import Libvirt
import Linux

/// What is done through libvirt for the network.
struct Network {
    let call: NetworkCall
    let root: Root
    /// Whether a failed start has reported the conflict already.
    let hasReported: Bool

    /// Creates the network, and nothing if something of it is in use.
    func create(_ taken: NetworkConflicts, xml: String) throws(Problem) {
        let parsed = try NetworkXML(xml)
        guard parsed.name == call.name, parsed.uuid == call.uuid else {
            throw Problem(
                .networkXML,
                "network \(call.name): the XML on standard input is of network '\(parsed.name)' with UUID "
                    + "'\(parsed.uuid)'",
                remedy: "restore StandardInputText= of the unit; 'pvpgen cat pvp-network.service' prints it")
        }
        let connection = try connect()
        do {
            for network in earlier where try takeAway(network, connection) {
                log.notice("network \(network.name): removed what an earlier run left behind")
            }
            if let there = try connection.network(named: call.name), there.uuid != call.uuid {
                throw Rejection.conflict(taken.name(by: there.uuid, isActive: try there.isActive()))
            }
            for other in try connection.activeNetworks() {
                let xml = try other.xml()
                // libvirt's own XML is well-formed.
                guard let other = try? NetworkXML(xml) else { continue }
                if let problem = taken.addresses(by: other) { throw Rejection.conflict(problem) }
            }
            if root.exists("/sys/class/net/\(taken.bridge)") { throw Rejection.conflict(taken.bridgeProblem) }
            if let problem = taken.addresses(by: RoutingTables(files: root)) { throw Rejection.conflict(problem) }
            try root.makeDirectory(Root.state, mode: 0o700)
            try root.replace(Self.memory, with: Array("\(call.name) \(call.uuid)\n".utf8))
            _ = try connection.createNetwork(xml: xml)
        } catch {
            throw problem("cannot be created", error)
        }
    }

    /// Takes the network away if it is ours.
    func destroy() throws(Problem) {
        let connection = try connect()
        do {
            for network in earlier { _ = try takeAway(network, connection) }
            if root.exists(Self.memory) { try root.remove(Self.memory) }
        } catch {
            throw problem("cannot be removed", error)
        }
    }

    /// What was created last is remembered: the configuration may have another name for it by now.
    private static let memory = "\(Root.state)/network"

    /// The networks of ours that may exist, as name and UUID.
    private var earlier: [(name: String, uuid: String)] {
        let words = ((try? root.text(Self.memory)) ?? "").split(separator: " ").map(String.init)
        let own = (name: call.name, uuid: call.uuid)
        guard words.count == 2, words[1] != own.uuid else { return [own] }
        return [(words[0], words[1]), own]
    }

    /// Takes a network away if it is ours and there; false when it was not.
    private func takeAway(_ network: (name: String, uuid: String), _ connection: Connection) throws(LibvirtError)
        -> Bool
    {
        do {
            guard let there = try connection.network(named: network.name) else { return false }
            guard there.uuid == network.uuid else {
                if call.verb == .destroy, !hasReported {
                    log.notice("network \(network.name): another network has the name now, leaving it")
                }
                return false
            }
            guard try there.isActive() else { return false }
            try there.destroy()
            return true
        } catch {
            // It may go by itself between two calls.
            if error.isGone { return false }
            throw error
        }
    }

    private enum Rejection: Error { case conflict(Problem) }

    private func problem(_ action: String, _ error: any Error) -> Problem {
        switch error {
        case Rejection.conflict(let problem): problem
        case let error as SystemError:
            error.problem(.stateUnwritable, remedy: "run 'systemd-tmpfiles --create', which creates \(Root.state)")
        case let error as LibvirtError: Problem(network: call.name, action, error)
        default:
            Problem(
                .networkFailed, "network \(call.name): \(action): \(error)", remedy: "read 'journalctl -u libvirtd'")
        }
    }

    private func connect() throws(Problem) -> Connection {
        do { return try Connection(call.connect) } catch {
            throw problem("cannot reach libvirt at \(call.connect)", error)
        }
    }
}
