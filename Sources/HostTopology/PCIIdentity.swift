package import Linux
package import Values

/// Which card a PCI function is of: what it says of itself in its configuration space.
package struct PCIIdentity: Hashable, Sendable {
    /// Vendor and device.
    package var id: PCIDeviceID
    /// The card's maker and type, by the same numbers.
    package var subsystem: PCIDeviceID
    /// The card's serial number; all functions of a card have the same. `nil` for one that has
    /// none.
    package var serial: UInt64?

    /// Creates an identity.
    package init(id: PCIDeviceID, subsystem: PCIDeviceID, serial: UInt64?) {
        self.id = id
        self.subsystem = subsystem
        self.serial = serial
    }

    /// Reads the function at an address, whatever its driver; `nil` if it does not exist.
    package init?(of address: PCIAddress, in root: Root) {
        let function = PCIFunction(address: address, root: root)
        guard let id = function.id, let subsystem = function.subsystem else { return nil }
        self.init(id: id, subsystem: subsystem, serial: Self.serial("\(function.directory)/config", root))
    }

    /// The Device Serial Number capability, number 0x0003 in the list that starts at 0x100 (PCI
    /// Express Base Specification, 7.9.3; kernel: `PCI_EXT_CAP_ID_DSN`).
    private static func serial(_ path: String, _ root: Root) -> UInt64? {
        var offset = 0x100
        // The list has room for no more; a broken one must not loop forever.
        for _ in 0..<(4096 - 256) / 8 {
            guard let bytes = try? root.bytes(path, limit: 12, from: offset), bytes.count >= 4 else { return nil }
            let header = littleEndian(bytes[..<4])
            if header & 0xffff == 0x0003 { return bytes.count == 12 ? littleEndian(bytes[4...]) : nil }
            offset = Int(header >> 20)
            guard offset >= 0x100, offset % 4 == 0 else { return nil }
        }
        return nil
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension PCIIdentity: CustomStringConvertible {
    /// For messages: `8086:10d3, card 8086:a01f, serial 52-54-00-ff-ff-12-34-56`.
    package var description: String {
        let number = serial.map { ", serial \(Hexadecimal.bytes($0, count: 8, separator: UInt8(ascii: "-")))" } ?? ""
        return "\(id), card \(subsystem)\(number)"
    }
}

/// Vendor and device of a PCI function, written `8086:10d3`, as `lspci -n` does.
package struct PCIDeviceID: Hashable, Sendable, CustomStringConvertible {
    /// The vendor.
    package var vendor: UInt16
    /// Which device of that vendor's.
    package var device: UInt16

    /// Creates an ID.
    package init(vendor: UInt16, device: UInt16) {
        self.vendor = vendor
        self.device = device
    }

    /// Reads `8086:10d3`; `nil` when it is anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let vendor = Self.number(parts[0]), let device = Self.number(parts[1]) else {
            return nil
        }
        self.init(vendor: vendor, device: device)
    }

    /// Reads the files `vendor` and `device` in a function's directory, or those that start with
    /// `prefix`; `nil` if they do not exist.
    package init?(in directory: String, _ root: Root, prefix: String = "") {
        guard let vendor = (try? root.text("\(directory)/\(prefix)vendor")).flatMap({ Self.number($0.dropFirst(2)) }),
            let device = (try? root.text("\(directory)/\(prefix)device")).flatMap({ Self.number($0.dropFirst(2)) })
        else { return nil }
        self.init(vendor: vendor, device: device)
    }

    private static func number(_ text: Substring) -> UInt16? { text.utf8.count == 4 ? UInt16(text, radix: 16) : nil }

    /// As it is written.
    package var description: String { "\(Hexadecimal.padded(vendor, 4)):\(Hexadecimal.padded(device, 4))" }
}
