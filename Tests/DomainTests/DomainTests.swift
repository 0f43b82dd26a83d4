import Testing

@testable import Domain

@Suite struct DomainTests {
    @Test func escapesWhatXMLWouldRead() {
        let element = XMLElement("a", ["b": "'<&>"], containing: [XMLElement("c", text: "1 < 2 & 3")])
        #expect(element.document == "<a b='&apos;&lt;&amp;&gt;'>\n  <c>1 &lt; 2 &amp; 3</c>\n</a>\n")
    }
}
