import Values

/// The little that this program wants to know of a network's XML, as libvirt or pvpgen writes it.
struct NetworkXML: Hashable, Sendable {
    /// The content of `<name>`.
    let name: String
    /// The content of `<uuid>`.
    let uuid: String
    /// The host's IPv4 addresses.
    let addresses: [IPv4Interface]

    init(_ xml: String) {
        name = Self.content(of: "name", in: xml)
        uuid = Self.content(of: "uuid", in: xml)
        addresses = xml.split(separator: "<").compactMap(Self.address)
    }

    private static func content(of element: String, in xml: String) -> String {
        xml.split(separator: "<").first { $0.hasPrefix(element + ">") }.map { String($0.dropFirst(element.count + 1)) }
            ?? ""
    }

    /// `ip address='192.168.200.1' prefix='24'`, or with a netmask, or with neither: then the class
    /// of the address counts (libvirt: formatnetwork.html).
    private static func address(_ tag: Substring) -> IPv4Interface? {
        guard tag.hasPrefix("ip "), let address = attribute("address", of: tag).flatMap({ IPv4Address($0) }) else {
            return nil
        }
        if let prefix = attribute("prefix", of: tag).flatMap({ Int($0) }), (0...32).contains(prefix) {
            return IPv4Interface(address, prefix: prefix)
        }
        if let mask = attribute("netmask", of: tag).flatMap({ IPv4Address($0) }) {
            return IPv4Interface(address, prefix: mask.value.nonzeroBitCount)
        }
        // Class A, B or C.
        let prefix = if address.value >> 31 == 0 { 8 } else { address.value >> 30 == 2 ? 16 : 24 }
        return IPv4Interface(address, prefix: prefix)
    }

    private static func attribute(_ name: String, of tag: Substring) -> Substring? {
        let words = tag.split { $0 == "'" || $0 == "\"" }
        guard let index = words.firstIndex(where: { $0.hasSuffix(" \(name)=") }), index + 1 < words.count else {
            return nil
        }
        return words[index + 1]
    }
}
