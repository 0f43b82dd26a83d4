import Testing

@testable import pvp_guest

@Suite struct DomainRecordTests {
    private let xml = """
        <domain type='kvm'>
          <name>a</name>
          <uuid>6d1cbf3a-0000-8000-8000-000000000000</uuid>
          <metadata>
            <pvp:guest xmlns:pvp='urn:pvpgen:domain' name='a'/>
          </metadata>
          <memory unit='KiB'>1024</memory>
          <devices>
            <interface type='vhostuser'>
              <mac address='52:54:00:00:00:01'/>
            </interface>
          </devices>
        </domain>
        """

    private func record(_ xml: String) throws -> DomainRecord {
        let recorded = try DomainRecord.recorded(xml)
        #expect(try DomainXML(recorded).isMarked)
        let element = try #require(recorded.split(separator: "\n").first { $0.contains("<pvp:guest") })
        return DomainRecord(element: String(element))
    }

    @Test("A domain is the same if its XML is the same to the byte")
    func digest() throws {
        let record = try record(xml)
        #expect(record.digest?.count == 64 && record.digestWithoutIdentity == nil)
        #expect(record.comparison(with: xml) == .same)
        for (old, new) in [("1024", "2048"), ("00:01", "00:02"), ("6d1c", "6d1d"), ("  <memory", "<memory")] {
            #expect(record.comparison(with: xml.replacing(old, with: new)) == .other, "\(new)")
        }
    }

    @Test("A domain of an earlier release is the same whatever its UUID and MAC addresses are, and nothing else")
    func withoutIdentity() {
        let old = xml.replacing("  <uuid>6d1cbf3a-0000-8000-8000-000000000000</uuid>\n", with: "").replacing(
            "00:01", with: "00:77")
        let record = DomainRecord(element: DomainRecord.element(for: "a'b", of: old))
        #expect(record.digest == nil && !record.isEmpty)
        #expect(record.comparison(with: xml) == .sameButIdentity)
        // What systemd takes from StandardInputText= has lost the white space at the start of its
        // lines.
        let unindented = xml.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
        #expect(record.comparison(with: unindented) == .sameButIdentity)
        #expect(record.comparison(with: xml.replacing("1024", with: "2048")) == .other)
    }

    @Test func nothingRecorded() throws {
        for element in ["", "<guest/>", "<pvp:guest xmlns:pvp='urn:pvpgen:domain' name='a'/>", "<"] {
            #expect(DomainRecord(element: element).isEmpty)
            #expect(DomainRecord(element: element).comparison(with: xml) == .unknown)
        }
        #expect(try DomainRecord.recorded("<domain/>") == "<domain/>")
    }
}
