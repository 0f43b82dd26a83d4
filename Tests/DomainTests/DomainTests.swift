import Testing

@testable import Domain

@Suite struct DomainTests {
    @Test func escapesWhatXMLWouldRead() {
        let part: XML = "<c>\("1 < 2 & 3")</c>"
        let whole: XML = "<a b='\("'<&>é")'>\(part)\(7)</a>\n"
        #expect(String(decoding: whole.bytes, as: UTF8.self) == "<a b='&apos;&lt;&amp;&gt;é'><c>1 &lt; 2 &amp; 3</c>7</a>\n")
    }

    @Test func partsAreAddedUp() {
        var whole: XML = "<a/>"
        whole += "<b/>"
        #expect(whole == "<a/><b/>")
    }

    @Test("Each interface has a bus of its own, which its number decides, and no two devices share a place")
    func places() {
        let all =
            (0..<128).flatMap { [Places.rootPort($0), Places.interface($0)] } + [
                Places.management, Places.disk, Places.channels, Places.random,
            ]
        let texts = all.map { String(decoding: $0.bytes, as: UTF8.self).replacing(" multifunction='on'", with: "") }
        #expect(Set(texts).count == texts.count)
        #expect(texts[1] == "<address type='pci' bus='0x01' slot='0x00' function='0x0'/>")
        #expect(texts[254] == "<address type='pci' bus='0x00' slot='0x10' function='0x7'/>")
        #expect(texts[255] == "<address type='pci' bus='0x80' slot='0x00' function='0x0'/>")
    }
}
