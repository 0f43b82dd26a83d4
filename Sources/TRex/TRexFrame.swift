import Values

/// A frame as bytes: Ethernet, IPv4 or IPv6, UDP and zeros. Addresses are those for benchmarks (RFC
/// 2544, C.2.2; RFC 5180, 8), as in the frames of pvp-traffic.
struct TRexFrame {
    /// The discard service (RFC 863).
    static let destinationPort: UInt16 = 9
    /// The source port of the first flow.
    static let firstPort: UInt16 = 1024
    /// The NIC adds the checksum of Ethernet.
    private static let crc = 4
    private static let ethernet = 14

    /// The bytes without the checksum of Ethernet.
    private(set) var bytes: [UInt8] = []
    /// Where the UDP source port begins.
    let sourcePortOffset: Int

    /// A frame of `size` bytes with the checksum, from the sender with this index (0 or 1) to the
    /// other one. The size is at least 46 bytes for IPv4, and 66 for IPv6.
    init(size: Int, hasIPv6: Bool, sender: Int, from source: MACAddress, to destination: MACAddress) {
        sourcePortOffset = Self.ethernet + (hasIPv6 ? 40 : 20)
        let length = size - Self.crc
        append(destination.value, count: 6)
        append(source.value, count: 6)
        let (from, to) = (UInt8(sender), UInt8(1 - sender))
        if hasIPv6 {
            append(0x86dd, count: 2)
            addIPv6(payload: length - sourcePortOffset, from: from + 1, to: to + 1)
        } else {
            append(0x0800, count: 2)
            addIPv4(length: length - Self.ethernet, from: from, to: to)
        }
        append(UInt64(Self.firstPort), count: 2)
        append(UInt64(Self.destinationPort), count: 2)
        append(UInt64(length - sourcePortOffset), count: 2)
        // No checksum: allowed in IPv4; RFC 6935 in IPv6.
        append(0, count: 2)
        bytes += [UInt8](repeating: 0, count: length - bytes.count)
    }

    /// Version 4, 20 bytes of header, time to live 64, UDP, 198.18.0.0/15.
    private mutating func addIPv4(length: Int, from: UInt8, to: UInt8) {
        let start = bytes.count
        bytes += [0x45, 0]
        append(UInt64(length), count: 2)
        bytes += [0, 0, 0, 0, 64, 17, 0, 0]
        bytes += [198, 18, from, 1, 198, 18, to, 1]
        let checksum = Self.checksum(bytes[start...])
        bytes[start + 10] = UInt8(checksum >> 8)
        bytes[start + 11] = UInt8(checksum & 0xff)
    }

    /// Version 6, UDP, hop limit 64, 2001:2::/48.
    private mutating func addIPv6(payload: Int, from: UInt8, to: UInt8) {
        bytes += [0x60, 0, 0, 0]
        append(UInt64(payload), count: 2)
        bytes += [17, 64]
        for last in [from, to] {
            bytes += [0x20, 0x01, 0x00, 0x02] + [UInt8](repeating: 0, count: 11) + [last]
        }
    }

    private mutating func append(_ value: UInt64, count: Int) {
        for index in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
    }

    /// The checksum of an IPv4 header (RFC 1071).
    static func checksum(_ header: ArraySlice<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        for index in stride(from: header.startIndex, to: header.endIndex - 1, by: 2) {
            sum += UInt32(header[index]) << 8 | UInt32(header[index + 1])
        }
        while sum >> 16 != 0 { sum = sum & 0xffff + sum >> 16 }
        return ~UInt16(sum)
    }
}
