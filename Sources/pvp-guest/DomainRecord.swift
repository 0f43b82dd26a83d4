import Diagnostics
import LibXML2
import Linux
import Values
import XML

/// What a domain was created from, as the attributes of our element in its `<metadata>`: a
/// pvp-guest that finds the domain compares that with the XML that it is to create.
struct DomainRecord: Hashable, Sendable {
    /// How the domain that runs compares with the XML of the unit.
    enum Comparison: Hashable, Sendable {
        /// It was created from that XML.
        case same
        /// It was created by a release that recorded nothing, and without its UUID and MAC
        /// addresses from that XML.
        case sameButIdentity
        /// It was created from other XML.
        case other
        /// Nothing is recorded.
        case unknown
    }

    /// The hash of the XML.
    private(set) var digest: String?
    /// The hash of the XML without UUID and MAC addresses, recorded for a domain of an earlier
    /// release.
    private(set) var digestWithoutIdentity: String?

    /// Reads the element.
    init(element: String) {
        let attributes = (try? DomainXML.document(element))?.attributes("/*").first ?? [:]
        digest = attributes["digest"]
        digestWithoutIdentity = attributes["digest-without-identity"]
    }

    var isEmpty: Bool { digest == nil && digestWithoutIdentity == nil }

    /// Compares it with the XML of the unit.
    func comparison(with xml: String) -> Comparison {
        if let digest { return digest == Self.digest(xml) ? .same : .other }
        guard let digestWithoutIdentity else { return .unknown }
        return digestWithoutIdentity == Self.digest(Self.withoutIdentity(xml)) ? .sameButIdentity : .other
    }

    /// The XML with the record of itself. Throws `domain-xml` if it is not well-formed.
    static func recorded(_ xml: String) throws(Problem) -> String {
        let document = try DomainXML.document(xml)
        document.set("digest", to: digest(xml), on: DomainXML.record)
        return document.text
    }

    /// Our element for a domain that was created without a record, from this XML.
    static func element(for name: String, of xml: String) -> String {
        let element: XML = "<guest name='\(name)' digest-without-identity='\(digest(withoutIdentity(xml)))'/>"
        return String(decoding: element.bytes, as: UTF8.self)
    }

    private static func digest(_ text: String) -> String { SHA256.hexadecimal(Array(text.utf8)) }

    /// Releases before the record gave a domain no UUID, and MAC addresses that were the same on
    /// each host. A guest is not ended for having got better ones: it has them from its next start
    /// on.
    static func withoutIdentity(_ xml: String) -> String {
        xml.split(whereSeparator: \.isNewline).map(trimmed).filter { line in
            !line.isEmpty && !line.hasPrefix("<uuid>") && !line.hasPrefix("<mac address=")
        }.joined(separator: "\n")
    }

    private static func trimmed(_ line: Substring) -> Substring {
        let start = line.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }
}
