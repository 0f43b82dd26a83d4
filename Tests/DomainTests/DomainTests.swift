import Foundation
import HostTopology
import Linux
import Plan
import Testing

@testable import Domain

@Suite struct DomainTests {
    static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")

    /// libvirt's own schema reads what we write.
    @Test(arguments: ["01-example", "02-two-sockets", "03-by-hand"]) func libvirtAccepts(_ name: String) throws {
        let (plan, _) = Plan.read(from: Root(Self.cases.appending(path: name).path))
        let guest = try #require(plan?.guests.first)
        let file = FileManager.default.temporaryDirectory.appending(path: "pvp-domain-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try guest.domain.document.write(to: file, atomically: true, encoding: .utf8)
        let result = try Command(["virt-xml-validate", file.path, "domain"]).run()
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func escapesWhatXMLWouldRead() {
        let element = XMLElement("a", ["b": "'<&>"], containing: [XMLElement("c", text: "1 < 2 & 3")])
        #expect(element.document == "<a b='&apos;&lt;&amp;&gt;'>\n  <c>1 &lt; 2 &amp; 3</c>\n</a>\n")
    }
}
