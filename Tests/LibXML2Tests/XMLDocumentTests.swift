import Diagnostics
import Testing

@testable import LibXML2

@Suite("Documents of XML") struct XMLDocumentTests {
    private func document(_ text: String) throws(Problem) -> XMLDocument {
        try XMLDocument(text, file: "a.xml", code: .domainXML, remedy: "correct it")
    }

    @Test("texts returns the text of elements and attributes in order")
    func texts() throws {
        let document = try document("<a><b c='1'>x &amp; y</b><b c='2'><![CDATA[<z>]]><!-- no --></b><d/></a>")
        #expect(document.texts("/a/b") == ["x & y", "<z>"])
        #expect(document.texts("/a/b/@c") == ["1", "2"])
        #expect(document.texts("/a/d") == [""])
        #expect(document.texts("/a/e").isEmpty)
    }

    @Test("attributes returns those of each element by their local names")
    func attributes() throws {
        let document = try document("<a><b c='&lt;' d=\"'\"/><b/><b x:e='1' xmlns:x='urn:x'/></a>")
        #expect(document.attributes("/a/b") == [["c": "<", "d": "'"], [:], ["e": "1"]])
    }

    @Test("set adds and replaces an attribute of the selected elements alone")
    func set() throws {
        let document = try document("<a>\n <b c='1'/> <!-- d -->\n <e/></a>")
        document.set("c", to: "<&'\"", on: "/a/b")
        #expect(document.attributes("/a/*") == [["c": "<&'\""], [:]])
        #expect(document.text == "<a>\n <b c=\"&lt;&amp;'&quot;\"/> <!-- d -->\n <e/></a>")
    }

    @Test(
        "Text that is not well-formed is an error with its place",
        arguments: [
            ("", 1, 1), ("<a>\n  <b></c>\n</a>", 2, 10), ("<a", 1, 3), ("<a b='1' b='2'/>", 1, 15),
            ("<a>&x;</a>", 1, 7), ("<a/>text", 1, 5), ("<a>\n\u{1}</a>", 2, 1), ("<a>\n  <b>1</c>\n", 2, 11),
        ])
    func invalid(_ text: String, _ line: Int, _ column: Int) throws {
        let problem = try #require(#expect(throws: Problem.self) { try document(text) })
        #expect(problem.code == .domainXML && problem.message.hasPrefix("invalid XML: "), "\(problem.line)")
        let location = try #require(problem.location)
        #expect((location.file, location.line, location.column) == ("a.xml", line, column), "\(problem.line)")
    }

    @Test(
        "A document type declaration is refused",
        arguments: [
            "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x '1'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>",
        ])
    func declaration(_ text: String) {
        let problem = #expect(throws: Problem.self) { try document(text) }
        #expect(problem?.code == .domainXML)
    }

    @Test("Elements in more than 256 others are refused")
    func depth() {
        let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(throws: Problem.self) { try document(deep) }
    }
}
