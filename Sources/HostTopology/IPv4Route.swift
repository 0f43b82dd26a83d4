package import Linux
package import Values

/// Addresses that this machine reaches in a way of their own.
package struct IPv4Route: Hashable, Sendable {
    /// Where it leads.
    package var network: IPv4Interface
    /// The interface that it goes out at.
    package var interface: String

    /// Each route of the main table but those to nearly everywhere (kernel: net/ipv4/fib_trie.c, `fib_route_seq_show`). An interface's own network is one.
    package static func all(in root: Root) -> [IPv4Route] { read((try? root.text("/proc/net/route")) ?? "") }

    /// The first of them that has addresses of a network, but those on the network's own bridge.
    package static func taking(_ network: IPv4Interface, but bridge: String, of routes: [IPv4Route]) -> IPv4Route? {
        routes.first { $0.interface != bridge && $0.network.overlaps(network) }
    }

    /// From the text of `/proc/net/route`: interface, destination, gateway, flags, …, mask in column 8, numbers as they are in memory.
    static func read(_ table: String) -> [IPv4Route] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(whereSeparator: \.isWhitespace)
            guard columns.count >= 8, let destination = UInt32(columns[1], radix: 16), let mask = UInt32(columns[7], radix: 16) else {
                return nil
            }
            // A tunnel that takes all has two halves of everything.
            let prefix = mask.nonzeroBitCount
            guard prefix >= 8 else { return nil }
            return IPv4Route(network: IPv4Interface(IPv4Address(destination.byteSwapped), prefix: prefix), interface: String(columns[0]))
        }
    }
}
