/// An IPv4 address, written `192.168.200.1`.
package struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The four bytes, the first highest.
    package let value: UInt32

    /// Of its four bytes.
    package init(_ value: UInt32) { self.value = value }

    /// Reads four numbers from 0 to 255 with full stops between them, none with a 0 in front; `nil`
    /// when it is anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part), part == "\(byte)" else { return nil }
            value = value << 8 | UInt32(byte)
        }
        self.value = value
    }

    /// The usual spelling.
    package var description: String { "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)" }

    /// By number.
    package static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.value < b.value }
}

/// An address with the network that it is in, written `192.168.200.1/24`.
package struct IPv4Interface: Hashable, Sendable, CustomStringConvertible {
    /// The address.
    package let address: IPv4Address
    /// How many bits of it are the network's: 0 to 32.
    package let prefix: Int

    /// Of an address and a prefix length from 0 to 32.
    package init(_ address: IPv4Address, prefix: Int) {
        self.address = address
        self.prefix = prefix
    }

    /// Reads an address, `/` and a prefix length; `nil` when it is anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPv4Address(parts[0]), let prefix = Int(parts[1]),
            (0...32).contains(prefix),
            parts[1] == "\(prefix)"
        else { return nil }
        self.init(address, prefix: prefix)
    }

    private var mask: UInt32 { prefix == 0 ? 0 : ~0 << UInt32(32 - prefix) }

    /// The network's own address, its lowest.
    package var network: IPv4Address { IPv4Address(address.value & mask) }
    /// The network's highest address, which reaches all of it.
    package var broadcast: IPv4Address { IPv4Address(address.value | ~mask) }

    /// Whether an address is in the network and may be a machine's.
    package func hasPlace(for address: IPv4Address) -> Bool { address > network && address < broadcast }

    /// Whether the two networks have an address in common.
    package func overlaps(_ other: IPv4Interface) -> Bool { network <= other.broadcast && other.network <= broadcast }

    /// The usual spelling.
    package var description: String { "\(address)/\(prefix)" }
}
