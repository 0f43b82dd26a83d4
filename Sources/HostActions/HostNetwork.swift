package import Diagnostics
package import Linux
import Values

/// What the host's own network uses its interfaces for.
package struct HostNetwork: Hashable, Sendable {
    /// By the name of the interface: `address 192.0.2.5/24`, `route to 198.51.100.0/24 in table 100`.
    package private(set) var uses: [String: [String]] = [:]

    package init(_ tables: RoutingTables) {
        for address in tables.addresses { uses[address.interface, default: []].append("address \(address.text)") }
        for route in tables.routes {
            let table = route.table == 254 ? "" : " in table \(route.table)"
            uses[route.interface, default: []].append("route to \(route.destination)\(table)")
        }
    }

    /// Reads the host's network now. The kernel is asked; of a tree of files `/proc/net` is read. Throws `network-unreadable`.
    package init(reading root: Root) throws(Problem) {
        guard root.prefix.isEmpty else {
            self.init(RoutingTables(files: root))
            return
        }
        do throws(SystemError) {
            self.init(try RoutingTables.ofMachine())
        } catch {
            throw error.problem("network-unreadable", remedy: "run it as root, with AF_NETLINK allowed (RestrictAddressFamilies=)")
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

    /// The uses of a function's interfaces, of those of its virtual functions, which end with it, and of all that are built on them.
    func uses(of function: PCIFunction) -> [Use] {
        Self.interfaces(of: function).sorted().compactMap { name in uses[name].map { Use(interface: name, purposes: $0) } }
    }

    /// Bonds, bridges, VLANs, teams, VRFs, macvlans are `upper_*` links of the interface that they are built on (kernel: net/core/dev.c).
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

extension RoutingTables {
    /// Reads what `/proc/net` shows of a network: IPv6 whole, IPv4 by the routes of the main table, where an interface's own network is one
    /// (kernel: net/ipv4/fib_trie.c, net/ipv6/route.c, net/ipv6/addrconf.c).
    init(files root: Root) {
        self.init()
        func lines(_ file: String) -> [[Substring]] {
            ((try? root.text("/proc/net/\(file)")) ?? "").split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        }
        let reject: UInt32 = 0x200
        for columns in lines("route").dropFirst() where columns.count >= 8 {
            guard let destination = UInt32(columns[1], radix: 16), let mask = UInt32(columns[7], radix: 16),
                let flags = UInt32(columns[3], radix: 16), flags & reject == 0, columns[0] != "lo"
            else { continue }
            let address = IPv4Address(destination.byteSwapped)
            // 169.254.0.0/16 and multicast.
            guard destination & 0xffff != 0xfea9, destination & 0xf0 != 0xe0 else { continue }
            let text = mask == 0 ? "default" : "\(address)/\(mask.nonzeroBitCount)"
            routes.append(Route(to: text, table: 254, through: String(columns[0])))
        }
        for columns in lines("ipv6_route") where columns.count == 10 {
            guard let flags = UInt32(columns[8], radix: 16), flags & reject == 0, let length = Int(columns[1], radix: 16),
                columns[9] != "lo", Self.isGlobal(columns[0])
            else { continue }
            // RTF_LOCAL and RTF_ANYCAST: what belongs to an address.
            guard flags & 0x8010_0000 == 0 else { continue }
            let text = length == 0 ? "default" : "\(Self.text(columns[0]))/\(length)"
            routes.append(Route(to: text, table: 254, through: String(columns[9])))
        }
        for columns in lines("if_inet6") where columns.count == 6 {
            guard columns[5] != "lo", Self.isGlobal(columns[0]), let length = Int(columns[2], radix: 16) else { continue }
            addresses.append(Address("\(Self.text(columns[0]))/\(length)", of: String(columns[5])))
        }
    }

    /// Neither link-local (fe80::/10) nor multicast (ff00::/8), written as 32 digits.
    private static func isGlobal(_ digits: Substring) -> Bool {
        !digits.hasPrefix("ff") && !["fe8", "fe9", "fea", "feb"].contains { digits.hasPrefix($0) }
    }

    /// Eight groups of four digits, without the zeros in front of each.
    private static func text(_ digits: Substring) -> String {
        var groups: [String] = []
        var rest = digits
        while !rest.isEmpty {
            groups.append(UInt32(rest.prefix(4), radix: 16).map { String($0, radix: 16) } ?? "0")
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: ":")
    }
}
