package import Diagnostics
import HostTopology
package import Linux
import Values

/// What the host's own network uses its interfaces for.
package struct HostNetwork: Hashable, Sendable {
    /// By the name of the interface: `address 192.0.2.5/24`, `route to 198.51.100.0/24 in table
    /// 100`.
    package private(set) var uses: [String: [String]] = [:]

    package init(_ tables: RoutingTables) {
        for address in tables.addresses { uses[address.interface, default: []].append("address \(address.text)") }
        for route in tables.routes {
            let table = route.table == 254 ? "" : " in table \(route.table)"
            uses[route.interface, default: []].append("route to \(route.destination)\(table)")
        }
    }

    /// Reads the host's network now. The kernel is asked; of a tree of files `/proc/net` is read.
    /// Throws `network-unreadable`.
    package init(reading root: Root) throws(Problem) {
        guard root.prefix.isEmpty else {
            self.init(RoutingTables(files: root))
            return
        }
        do throws(SystemError) {
            self.init(try RoutingTables.ofMachine())
        } catch {
            throw error.problem(
                .networkUnreadable, remedy: "run the command as root, with AF_NETLINK in RestrictAddressFamilies=")
        }
    }

    /// An interface that the host's network uses.
    package struct Use: Hashable, Sendable, CustomStringConvertible {
        package var interface: String
        /// As in `uses`.
        package var purposes: [String]

        /// `interface eth1 with address 192.0.2.5/24, route to default`; the first four purposes.
        package var description: String {
            let more = purposes.count > 4 ? " and \(purposes.count - 4) more" : ""
            return "interface \(interface) with \(purposes.prefix(4).joined(separator: ", "))\(more)"
        }
    }

    /// The uses of a function's interfaces, of those of its virtual functions, which end with it,
    /// and of all that are built on them.
    func uses(of function: PCIFunction) -> [Use] {
        Self.interfaces(of: function).sorted().compactMap { name in
            uses[name].map { Use(interface: name, purposes: $0) }
        }
    }

    /// Bonds, bridges, VLANs, teams, VRFs, macvlans are `upper_*` links of the interface that they
    /// are built on (kernel: net/core/dev.c).
    private static func interfaces(of function: PCIFunction) -> Set<String> {
        let virtual = ((try? function.root.list(function.directory)) ?? []).filter { $0.hasPrefix("virtfn") }
            .compactMap { function.root.linkName("\(function.directory)/\($0)") }.compactMap { PCIAddress($0) }
        let functions = [function] + virtual.map { PCIFunction(address: $0, root: function.root) }
        var waiting = functions.flatMap(\.interfaces).map(\.name)
        var found: Set<String> = []
        while let interface = waiting.popLast() {
            guard found.insert(interface).inserted else { continue }
            for name in (try? function.root.list("/sys/class/net/\(interface)")) ?? [] where name.hasPrefix("upper_") {
                waiting.append(String(name.dropFirst("upper_".count)))
            }
        }
        return found
    }
}
