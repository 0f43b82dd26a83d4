import Foundation
import Testing

@testable import UnitFile

@Suite struct StandardInputTests {
    static let texts: [String] = {
        var generator = SeededGenerator(state: 6)
        let table = [
            "a\n", "  <domain type='kvm'>\n    <name>vm</name>\n  </domain>\n", "\n\na\n\n\nb\n\n", " \n", "  \n",
            "\t\n", "a \n b\t\n",
            "\\\n", "%\n", "100%n\n", "\n\n", "\n\n\n",
            "\\n\n", "a\r\nb\r\n", "no end", "é🐧\n", "#a\n;b\n[c]\n", "a\\\nb\\\\\n",
        ]
        return table
            + (0..<300).map { _ in generator.text(12, from: Pieces.all + ["\n", "\n", "  "]) }.filter { $0 != "\n" }
    }()

    @Test func keepsXMLReadable() throws {
        #expect(try StandardInput.text("<a>\n  <b/>\n\n</a>\n") == ["<a>", "\\s <b/>\\n", "</a>"])
        #expect(try StandardInput.text("") == [])
        #expect(try StandardInput.text("\n\n") == ["\\n"])
    }

    @Test func refusesWhatSystemdCannotGiveBack() {
        #expect(throws: StandardInput.Failure.nul) { try StandardInput.text("a\0") }
        #expect(throws: StandardInput.Failure.emptyLine) { try StandardInput.text("\n") }
    }

    /// tmpfiles.d(5) reads the text of a file with the two functions that `StandardInputText=`
    /// uses: C escapes first, then specifiers.
    @Test func systemdGivesTheTextBack() throws {
        try withDirectory { directory in
            var lines: [String] = []
            for (number, text) in Self.texts.enumerated() {
                for (part, value) in try StandardInput.text(text).enumerated() {
                    var unit = UnitWriter()
                    try unit.section("Service")
                    try unit.set("StandardInputText", value)
                    #expect(isLossless(parse(unit.bytes)) && !value.isEmpty)
                    // A lone dash means "nothing" in tmpfiles.d, and only there.
                    lines.append("f /\(number)-\(part) - - - - \(value == "-" ? "\\x2d" : value)\n")
                }
            }
            let file = directory.appending(path: "t.conf")
            try Data(lines.joined().utf8).write(to: file)
            let output = try run("systemd-tmpfiles", ["--create", "--root=" + directory.path, file.path])
            #expect(output.status == 0 && output.errors.isEmpty, "\(output.errors)")
            for (number, text) in Self.texts.enumerated() {
                var bytes: [UInt8] = []
                for part in try StandardInput.text(text).indices {
                    bytes += try Data(contentsOf: directory.appending(path: "\(number)-\(part)")) + [Byte.lineFeed]
                }
                let end = text.isEmpty || text.utf8.last == Byte.lineFeed ? "" : "\n"
                #expect(bytes == Array((text + end).utf8), "\(text.debugDescription)")
            }
        }
    }

    @Test func systemdTakesEveryValue() throws {
        var unit = UnitWriter()
        try unit.section("Unit")
        try unit.set("DefaultDependencies", "no")
        try unit.section("Service")
        try unit.set("Type", "oneshot")
        try unit.set("ExecStart", "/bin/cat")
        for text in Self.texts {
            for value in try StandardInput.text(text) {
                try unit.set("StandardInputText", value)
            }
        }
        let output = try asSystemdReads(parse(unit.bytes))
        #expect(output.values("StandardInput") == ["data"])
        #expect(output.warnings == [])
    }

    /// In one go or value by value: the same entries.
    @Test(arguments: [
        "a\n", "<a>\n  <b c='d'/>\n</a>\n", "  a\n", "a \n", "a", "a\n\nb\n", "100%\n", "a\\b\n", "é\n", " \n", "\ta\n",
        "a\r\n", "",
    ])
    func isWrittenAsItsValues(_ text: String) throws {
        var whole = UnitWriter()
        try whole.section("Service")
        var single = whole
        try whole.setStandardInput(Array(text.utf8))
        for value in try StandardInput.text(text) { try single.set("StandardInputText", value) }
        #expect(whole == single)
    }
}
