import Diagnostics
import Testing

@testable import Config
@testable import Plan

@Suite("[Guest] DomainXML=") struct DomainFragmentTests {
    private func read(_ text: String) throws(Problem) -> DomainFragment {
        try DomainFragment(Array(text.utf8), file: "/etc/pvpgen/a.xml")
    }

    private func texts(_ parts: [[UInt8]]) -> [String] { parts.map { String(decoding: $0, as: UTF8.self) } }

    @Test("Elements go to devices, those inside of <domain> to the domain, comments between them nowhere")
    func places() throws {
        let fragment = try read(
            "<!-- a <b> -->\n<watchdog model='i6300esb'/>\n<hub type=\"usb\"><a b='&lt;>'>x &amp; y</a></hub>\n"
                + "<domain>\n<iothreads>2</iothreads></domain>"
        )
        #expect(
            texts(fragment.devices) == [
                "<watchdog model='i6300esb'/>", "<hub type=\"usb\"><a b='&lt;>'>x &amp; y</a></hub>",
            ])
        #expect(texts(fragment.domain) == ["<iothreads>2</iothreads>"])
        #expect(try read(" \n").devices.isEmpty)
    }

    @Test(
        "What is not whole, or could mean more than it shows, is refused with its place",
        arguments: [
            ("<a>", 1), ("</devices>", 1), ("<a></b>", 1), ("</devices><devices>", 1), ("<a/></devices></domain>", 1),
            ("x", 1),
            ("<a/>\n&amp;", 2),
            ("<a b/>", 1), ("<a b=c/>", 1), ("<a b='1' b='2'/>", 1), ("<a b='<'/>", 1), ("<a b='", 1), ("<a\n", 2),
            ("<", 1), ("<1/>", 1),
            ("<a>&x;</a>", 1), ("<a>&#0;</a>", 1), ("<a>&</a>", 1), ("<a b='&x'/>", 1), ("<!-- ", 1),
            ("<!-- -- -->", 1),
            ("<!DOCTYPE a>", 1),
            ("<a>\n<![CDATA[</a>]]></a>", 2), ("<?xml version='1.0'?>", 1), ("<a>\u{1}</a>", 1), ("<a\u{0}/>", 1),
            ("<a'/>", 1),
            ("<domain type='kvm'><a/></domain>", 1), ("<domain>\n<name>x</name></domain>", 2),
            ("<domain><devices/></domain>", 1),
        ])
    func refused(_ text: String, _ line: Int) {
        let problem = #expect(throws: Problem.self) { try read(text) }
        #expect(problem?.code == .domainXML && problem?.location?.line == line, "\(String(describing: problem))")
    }

    @Test("Any start of a text is read without harm, and bytes that are no text are refused")
    func noise() {
        let whole = "<!--c--><a b='&lt;' c=\"d\">e&amp;<f/></a><domain><g/></domain>"
        for length in 0...whole.utf8.count { _ = try? read(String(whole.prefix(length))) }
        #expect(throws: Problem.self) { try DomainFragment([0x3c, 0x61, 0xff, 0x2f, 0x3e], file: "/a") }
        #expect(throws: Problem.self) { try read("<a>" + String(repeating: " ", count: DomainFragment.limit) + "</a>") }
    }

    @Test("Only files of the configuration can be named")
    func paths() {
        let type = ValueType<[String]>.domainXML
        #expect(type.read("/etc/pvpgen/guest.d/a b.xml") == ["/etc/pvpgen/guest.d/a b.xml"])
        for path in [
            "", "a.xml", "/etc/a.xml", "/etc/pvpgen/", "/etc/pvpgen/../shadow", "/etc/pvpgen//a", "/etc/pvpgen/./a",
        ] {
            #expect(type.read(path) == nil, "\(path)")
        }
    }
}
