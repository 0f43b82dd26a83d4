import Diagnostics
import LibXML2
import Values

/// The little that this program reads of a network's XML, as libvirt or pvpgen writes it.
struct NetworkXML: Hashable, Sendable {
    /// The content of `<name>`.
    let name: String
    /// The content of `<uuid>`.
    let uuid: String
    /// The host's IPv4 addresses.
    let addresses: [IPv4Interface]

    /// Reads a network. Throws `network-xml` with the line and column if it is not well-formed.
    init(_ text: String) throws(Problem) {
        let document = try XMLDocument(
            text, file: "standard input", code: .networkXML,
            remedy: "restore StandardInputText= of the unit; 'pvpgen cat pvp-network.service' prints it")
        name = document.texts("/network/name").first ?? ""
        uuid = document.texts("/network/uuid").first ?? ""
        addresses = document.attributes("/network/ip").compactMap(Self.address)
    }

    /// `<ip address='192.168.200.1' prefix='24'/>`, or with a netmask, or with neither: then the
    /// class of the address counts (libvirt: formatnetwork.html).
    private static func address(_ attributes: [String: String]) -> IPv4Interface? {
        guard let address = attributes["address"].flatMap({ IPv4Address($0) }) else { return nil }
        if let prefix = attributes["prefix"].flatMap({ Int($0) }), (0...32).contains(prefix) {
            return IPv4Interface(address, prefix: prefix)
        }
        if let mask = attributes["netmask"].flatMap({ IPv4Address($0) }) {
            return IPv4Interface(address, prefix: mask.value.nonzeroBitCount)
        }
        // Class A, B or C.
        let prefix = if address.value >> 31 == 0 { 8 } else { address.value >> 30 == 2 ? 16 : 24 }
        return IPv4Interface(address, prefix: prefix)
    }
}
