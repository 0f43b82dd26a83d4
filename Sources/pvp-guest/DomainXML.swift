import Diagnostics
import HelperCalls
import LibXML2

/// The little that this program reads of a domain's XML; libvirt reads the rest.
struct DomainXML: Hashable, Sendable {
    /// The content of `<name>`.
    private(set) var name = ""
    /// Whether it has our element in `<metadata>`.
    private(set) var isMarked = false
    /// The vhost-user sockets on which the emulator will wait for the other end, in order.
    private(set) var vhostSockets: [String] = []
    /// Whether the agent in it has opened its channel, in the XML of a domain that runs.
    private(set) var hasAgent = false

    /// Our element.
    static let record = "/domain/metadata/*[namespace-uri()='\(GuestCall.domainNamespace)']"

    /// No domain.
    init() {}

    /// Reads a domain. Throws `domain-xml` with the line and column if it is not well-formed.
    init(_ text: String) throws(Problem) {
        let document = try Self.document(text)
        name = document.texts("/domain/name").first ?? ""
        isMarked = !document.texts(Self.record).isEmpty
        vhostSockets = document.texts(
            "/domain/devices/interface[@type='vhostuser']/source[@mode='server']/@path")
        hasAgent =
            !document.texts(
                "/domain/devices/channel/target[@name='org.qemu.guest_agent.0'][@state='connected']"
            ).isEmpty
    }

    /// The XML of the unit, which is on standard input, or libvirt's, which is well-formed.
    static func document(_ text: String) throws(Problem) -> XMLDocument {
        try XMLDocument(
            text, file: "standard input", code: .domainXML,
            remedy: "restore StandardInputText= of the unit; 'pvpgen cat' prints the unit")
    }
}
