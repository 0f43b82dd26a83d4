package import Diagnostics
package import Values

/// A call of pvp-network: the libvirt network of the guests.
package struct NetworkCall: Hashable, Sendable {
    package static let program = "pvp-network"
    private static let defaultConnect = "qemu:///system"

    /// What the program is to do.
    package enum Verb: Hashable, Sendable {
        /// Create the network from the XML on standard input. The host has this address on it, its
        /// bridge this name.
        case create(IPv4Interface, bridge: String)
        /// Remove the network.
        case destroy
    }

    package var verb: Verb
    /// The network's name.
    package var name: String
    /// By this it is known as ours.
    package var uuid: String
    /// libvirt's URI.
    package var connect = defaultConnect

    package init(_ verb: Verb, name: String, uuid: String) {
        self.verb = verb
        self.name = name
        self.uuid = uuid
    }

    package var arguments: [String] {
        var arguments = [name, "--uuid=\(uuid)"]
        switch verb {
        case .create(let address, let bridge): arguments += ["--address=\(address)", "--bridge=\(bridge)"]
        case .destroy: arguments.insert("--destroy", at: 0)
        }
        if connect != Self.defaultConnect { arguments.append("--connect=\(connect)") }
        return arguments
    }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        var reader = try ArgumentReader(arguments, of: Self.program)
        let destroys = reader.flag("destroy")
        let name = reader.operand()
        let uuid = try reader.value("uuid")
        let expected = "an address and a prefix length such as 192.168.200.1/24"
        let address = try reader.value("address", expected: expected) { IPv4Interface($0) }
        let bridge = try reader.value("bridge")
        connect = try reader.value("connect") ?? Self.defaultConnect
        try reader.finish()
        self.name = try reader.required("the network's name", name)
        self.uuid = try reader.required("--uuid", uuid)
        if destroys {
            verb = .destroy
        } else {
            verb = .create(try reader.required("--address", address), bridge: try reader.required("--bridge", bridge))
        }
    }
}
