import Testing
import XML

@Suite struct XMLTests {
    @Test func escapesWhatXMLWouldRead() {
        let part: XML = "<c>\("1 < 2 & 3")</c>"
        let whole: XML = "<a b='\("'<&>é")'>\(part)\(7)</a>\n"
        #expect(
            String(decoding: whole.bytes, as: UTF8.self) == "<a b='&apos;&lt;&amp;&gt;é'><c>1 &lt; 2 &amp; 3</c>7</a>\n"
        )
    }

    @Test func partsAreAddedUp() {
        var whole: XML = "<a/>"
        whole += "<b/>"
        #expect(whole == "<a/><b/>")
    }
}
