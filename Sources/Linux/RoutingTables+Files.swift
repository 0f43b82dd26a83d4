package import Values

extension RoutingTables {
    /// Reads what `/proc/net` shows of a network: IPv6 whole, IPv4 by the routes of the main table,
    /// where an interface's own network is one (kernel: net/ipv4/fib_trie.c, net/ipv6/route.c,
    /// net/ipv6/addrconf.c).
    package init(files root: Root) {
        self.init()
        func lines(_ file: String) -> [[Substring]] {
            ((try? root.text("/proc/net/\(file)")) ?? "").split(separator: "\n").map {
                $0.split(whereSeparator: \.isWhitespace)
            }
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
            guard let flags = UInt32(columns[8], radix: 16), flags & reject == 0,
                let length = Int(columns[1], radix: 16),
                columns[9] != "lo", Self.isGlobal(columns[0])
            else { continue }
            // RTF_LOCAL and RTF_ANYCAST: what belongs to an address.
            guard flags & 0x8010_0000 == 0 else { continue }
            let text = length == 0 ? "default" : "\(Self.text(columns[0]))/\(length)"
            routes.append(Route(to: text, table: 254, through: String(columns[9])))
        }
        for columns in lines("if_inet6") where columns.count == 6 {
            guard columns[5] != "lo", Self.isGlobal(columns[0]), let length = Int(columns[2], radix: 16) else {
                continue
            }
            addresses.append(Address("\(Self.text(columns[0]))/\(length)", of: String(columns[5])))
        }
    }

    /// Returns the first route of the main table to addresses that a network has, without those of
    /// the network's own bridge and those to nearly everywhere: a tunnel that takes all has two
    /// halves of everything.
    package func route(overlapping network: IPv4Interface, besides bridge: String) -> Route? {
        routes.first { route in
            guard route.table == 254, route.interface != bridge, let other = IPv4Interface(route.destination),
                other.prefix >= 8
            else {
                return false
            }
            return other.overlaps(network)
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
