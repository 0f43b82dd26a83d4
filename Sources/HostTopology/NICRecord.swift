package import Linux
package import Values

/// Where a NIC was found by its MAC address, and which card it was on. A NIC on vfio-pci has no MAC
/// address that could be seen, so `pvpgen install` writes this down before.
package struct NICRecord: Hashable, Sendable, CustomStringConvertible {
    /// The file with one of these a line.
    package static let path = "/var/lib/pvpgen/nics"

    /// The permanent MAC address.
    package var mac: MACAddress
    /// Where it was.
    package var address: PCIAddress
    /// The card.
    package var identity: PCIIdentity

    /// Creates a record.
    package init(mac: MACAddress, address: PCIAddress, identity: PCIIdentity) {
        self.mac = mac
        self.address = address
        self.identity = identity
    }

    /// The records of a file; what is no such line, as a comment, is left out.
    package static func read(_ text: String) -> [NICRecord] {
        text.split(separator: "\n").compactMap { NICRecord(line: $0) }
    }

    /// Those of the machine; none when there is no file.
    package static func read(from root: Root) -> [NICRecord] { read((try? root.text(path)) ?? "") }

    /// The file's text.
    package static func text(_ nics: [NICRecord]) -> String {
        "# Written by pvpgen install: MAC address, PCI address, vendor:device, card, serial number\n"
            + nics.map { "\($0.line)\n" }.joined()
    }

    /// For people.
    package var description: String { "\(mac): NIC \(address), \(identity)" }

    private init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 5, let mac = MACAddress(String(words[0])), let address = PCIAddress(String(words[1])),
            let id = PCIDeviceID(String(words[2])), let subsystem = PCIDeviceID(String(words[3]))
        else { return nil }
        let serial = UInt64(words[4], radix: 16)
        guard serial != nil || words[4] == "-" else { return nil }
        self.init(mac: mac, address: address, identity: PCIIdentity(id: id, subsystem: subsystem, serial: serial))
    }

    private var line: String {
        "\(mac) \(address) \(identity.id) \(identity.subsystem) "
            + "\(identity.serial.map { Hexadecimal.padded($0, 16) } ?? "-")"
    }
}
