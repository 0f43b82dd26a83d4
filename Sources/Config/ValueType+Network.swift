import Linux
import Values

extension ValueType where Value == String {
    /// As long as leaves room for `virbr-` in front: an interface's name has 15 characters
    /// (`IFNAMSIZ`).
    static let networkName = ValueType(
        "a name of 1 to 9 lower-case letters, digits, '-' and '_' that starts with a letter"
    ) { text in
        text.utf8.count <= 9 ? name.read(text) : nil
    }

    /// An address to listen on, without the brackets that IPv6 has before a port.
    static let listenAddress = ValueType("an IP address such as 192.0.2.1 or 2001:db8::1") { text in
        IPv4Address(text) != nil || TCPSocket.isIPv6Address(text) ? text : nil
    }
}

extension ValueType where Value == IPv4Address {
    static let ipv4Address = ValueType("an IPv4 address such as 192.168.200.10") { IPv4Address($0) }
}

extension ValueType where Value == IPv4Interface {
    /// One that a machine may have: no loopback, multicast or reserved address (RFC 6890), and
    /// there is room for a guest beside it.
    static let ownAddress = ValueType(
        "an address of this host and a prefix length from 8 to 30, such as 192.168.200.1/24"
    ) { text in
        guard let own = IPv4Interface(text), (8...30).contains(own.prefix), own.hasPlace(for: own.address) else {
            return nil
        }
        let first = own.address.value >> 24
        return (1...223).contains(first) && first != 127 ? own : nil
    }
}
