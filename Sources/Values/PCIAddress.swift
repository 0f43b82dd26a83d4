/// The address of a PCI function: domain, bus, device, function, written `0000:17:00.0`.
package struct PCIAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Domain (segment), 0 to 0xffffffff; nearly always 0.
    package let domain: UInt32
    /// Bus, 0 to 255.
    package let bus: UInt8
    /// Device, 0 to 31.
    package let device: UInt8
    /// Function, 0 to 7.
    package let function: UInt8

    /// Reads `0000:17:00.0`, or `17:00.0` for one in domain 0; `nil` when it is anything else.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let last = parts.last else { return nil }
        let end = last.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard end.count == 2,
            let domain = parts.count == 3 ? Self.hex(parts[0], 4...8) : 0,
            let bus = Self.hex(parts[parts.count - 2], 2...2),
            let device = Self.hex(end[0], 2...2), device < 32,
            let function = Self.hex(end[1], 1...1), function < 8
        else { return nil }
        self.domain = domain
        self.bus = UInt8(bus)
        self.device = UInt8(device)
        self.function = UInt8(function)
    }

    private static func hex(_ text: Substring.UTF8View, _ digits: ClosedRange<Int>) -> UInt32? {
        // UInt32(_:radix:) takes a sign, an address does not.
        guard digits.contains(text.count), text.first != UInt8(ascii: "+") else { return nil }
        return UInt32(Substring(text), radix: 16)
    }

    /// The function whose routing ID (bus, device, function) is `distance` further on, as virtual
    /// functions are counted; `nil` beyond the domain's last bus.
    package func advanced(by distance: Int) -> PCIAddress? {
        let routing = Int(bus) << 8 + Int(device) << 3 + Int(function) + distance
        guard (0...0xffff).contains(routing) else { return nil }
        return PCIAddress(
            domain: domain, bus: UInt8(routing >> 8), device: UInt8(routing >> 3 & 0x1f), function: UInt8(routing & 7))
    }

    private init(domain: UInt32, bus: UInt8, device: UInt8, function: UInt8) {
        self.domain = domain
        self.bus = bus
        self.device = device
        self.function = function
    }

    /// The kernel's spelling, lower case, the domain with at least four digits.
    package var description: String {
        ("\(hex: Int(domain), 4):\(hex: Int(bus), 2):\(hex: Int(device), 2).\(Int(function))" as UTF8StringBuilder)
            .string
    }

    /// The order in which the kernel and DPDK's EAL probe functions.
    package static func < (a: PCIAddress, b: PCIAddress) -> Bool {
        (a.domain, a.bus, a.device, a.function) < (b.domain, b.bus, b.device, b.function)
    }
}
