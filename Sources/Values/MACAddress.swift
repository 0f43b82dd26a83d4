/// The hardware address of a network interface, written `52:54:00:12:34:56`.
package struct MACAddress: Hashable, Sendable, CustomStringConvertible {
    /// The six bytes, the first highest.
    package let value: UInt64

    /// Of its six bytes.
    package init(_ value: UInt64) { self.value = value & 0xffff_ffff_ffff }

    /// Reads six pairs of hexadecimal digits with colons between them, upper or lower case; `nil`
    /// when it is anything else.
    package init?(_ text: String) {
        var value: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            if count % 3 == 2 {
                guard byte == UInt8(ascii: ":") else { return nil }
            } else {
                guard let digit = Self.digit(byte) else { return nil }
                value = value << 4 | digit
            }
            count += 1
        }
        guard count == 17 else { return nil }
        self.value = value
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte) - 55
        default: nil
        }
    }

    /// Whether it names one interface: not a group of them (IEEE 802: the lowest bit of the first
    /// byte), and not all zeros.
    package var isUnicast: Bool { value >> 40 & 1 == 0 && value != 0 }

    /// The kernel's spelling, lower case.
    package var description: String { Hexadecimal.bytes(value, count: 6, separator: UInt8(ascii: ":")) }
}
