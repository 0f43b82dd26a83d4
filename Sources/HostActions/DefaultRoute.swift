public import HostTopology
public import Linux

/// Which network interfaces the default routes of this machine use.
public enum DefaultRoute {
    /// Interfaces of the IPv4 and IPv6 default routes (`proc_net(5)`; kernel: net/ipv4/fib_trie.c, net/ipv6/route.c).
    static func interfaces(_ root: Root) -> Set<String> {
        ipv4((try? root.text("/proc/net/route")) ?? "").union(ipv6((try? root.text("/proc/net/ipv6_route")) ?? ""))
    }

    /// `RTF_REJECT`: such a route sends nothing anywhere.
    private static let reject: UInt32 = 0x200

    /// From the text of `/proc/net/route`: interface, destination, gateway, flags, …, mask in column 8.
    static func ipv4(_ table: String) -> Set<String> {
        var interfaces: Set<String> = []
        for line in table.split(separator: "\n").dropFirst() {
            let columns = line.split(whereSeparator: \.isWhitespace)
            guard columns.count >= 8, isZero(columns[1]), isZero(columns[7]), !rejects(columns[3]) else { continue }
            interfaces.insert(String(columns[0]))
        }
        return interfaces
    }

    /// From the text of `/proc/net/ipv6_route`: destination, its prefix length, …, flags, interface.
    static func ipv6(_ table: String) -> Set<String> {
        var interfaces: Set<String> = []
        for line in table.split(separator: "\n") {
            let columns = line.split(whereSeparator: \.isWhitespace)
            guard columns.count == 10, isZero(columns[0]), isZero(columns[1]), columns[9] != "lo", !rejects(columns[8]) else { continue }
            interfaces.insert(String(columns[9]))
        }
        return interfaces
    }

    /// The interfaces of a PCI function, and all that stand upon them: bonds, bridges, VLANs, teams (`upper_*` links).
    static func interfaces(of function: PCIFunction) -> Set<String> {
        var waiting = function.interfaces.map(\.name)
        var found: Set<String> = []
        while let interface = waiting.popLast() {
            guard found.insert(interface).inserted else { continue }
            for name in (try? function.root.list("/sys/class/net/\(interface)")) ?? [] where name.hasPrefix("upper_") {
                waiting.append(String(name.dropFirst("upper_".count)))
            }
        }
        return found
    }

    /// The interfaces of a default route that a function carries, by name.
    public static func carried(by address: PCIAddress, in root: Root) -> [String] {
        interfaces(of: PCIFunction(address: address, root: root)).intersection(interfaces(root)).sorted()
    }

    private static func isZero(_ column: Substring) -> Bool { column.allSatisfy { $0 == "0" } }

    private static func rejects(_ flags: Substring) -> Bool { (UInt32(flags, radix: 16) ?? 0) & reject != 0 }
}
