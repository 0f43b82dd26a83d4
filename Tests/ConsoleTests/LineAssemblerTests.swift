import Testing

@testable import Console

@Suite("Lines out of what a terminal shows")
struct LineAssemblerTests {
    private func reader(limit: Int = 4000) -> LineAssembler { LineAssembler(limit: limit, prompt: "testpmd> ") }

    private func rows(_ tokens: [LineAssembler.Token]) -> [String] {
        tokens.compactMap { if case .line(let row) = $0.kind { String(decoding: row, as: UTF8.self) } else { nil } }
    }

    private func lines(_ text: String, limit: Int = 4000) -> [String] {
        var reader = reader(limit: limit)
        return rows(reader.read(Array(text.utf8)))
            + (reader.flush().map { [String(decoding: $0, as: UTF8.self)] } ?? [])
    }

    @Test(arguments: [
        ("EAL: one\r\nEAL: two\r\n", ["EAL: one", "EAL: two"]),
        ("typed\r\r\nanswer\r\n", ["typed", "answer"]),
        ("\r\n\n   \nrest", ["", "", "   ", "rest"]),
        ("testpmd> \r\ntestpmd> show\r\ntestpmd> ", ["testpmd> ", "testpmd> show", "testpmd> "]),
        ("test\r\n", ["test"]),
        ("10%\r20%\r100%\r\n", ["100%"]),
        ("\u{1b}[1;31mred\u{1b}[0m text\n", ["red text"]),
        ("\u{1b}]0;a title\u{7}text\u{1b}]0;b\u{1b}\\ more\n", ["text more"]),
        ("\u{1b}(Bplain\u{1b}=\n", ["plain"]),
        ("shoe\u{8} \u{8}w\n", ["show"]),
        ("show pot\u{1b}[D\u{1b}[Krt\n", ["show port"]),
        ("abc\u{1b}[2Dx\u{1b}[Cy\n", ["axcy"]),
        ("abcd\u{1b}[3D\u{1b}[2Px\n", ["ax"]),
        ("one\u{1b}7 two\u{1b}8!\n", ["one!two"]),
        ("gone\u{1b}[2Kleft\n", ["left"]),
        ("tab\there\u{0}\u{7}\n", ["tab\there"]),
        ("µs ✓\n", ["µs ✓"]),
    ])
    func row(_ shown: String, _ expected: [String]) { #expect(lines(shown) == expected) }

    @Test("Lines come as soon as they are complete, wherever the bytes are cut")
    func pieces() {
        let text = Array("a \u{1b}[31mé\u{1b}[0m\r\nb\r\r\nc\u{8}d\n".utf8)
        for cut in 0...text.count {
            var reader = reader()
            let lines = rows(reader.read(Array(text[..<cut])) + reader.read(Array(text[cut...])))
            #expect(lines == ["a é", "b", "d"], "cut at \(cut)")
        }
    }

    @Test("A long line is cut between characters")
    func long() {
        #expect(lines(String(repeating: "x", count: 25) + "\n", limit: 10) == ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxx"])
        #expect(lines("123456789é123\n", limit: 10) == ["123456789é", "123"])
        var reader = reader(limit: 10)
        let nonsense = reader.read([UInt8](repeating: 0x80, count: 100_000))
        #expect(nonsense.count > 7000 && rows(nonsense).allSatisfy { $0.utf8.count <= 3 * 13 })
    }

    @Test("Numbers and cursor movements without end do no harm")
    func excess() {
        #expect(lines("ab\u{1b}[99999999999999999999Cc\u{1b}[99999999999999999999Dd\n") == ["dbc"])
        #expect(lines("ab\u{1b}[5P\u{1b}8\u{1b}[Kc\n") == ["c"])
        #expect(lines("\u{1b}[5P\u{1b}[K\u{8}\u{8}x\n") == ["x"])
    }

    /// The prompts among the tokens: what was before, whether it is fresh, and where it ends.
    private func prompts(_ text: String, cut: Int) -> [String] {
        var reader = reader()
        let bytes = Array(text.utf8)
        var found: [String] = []
        for (start, piece) in [(0, bytes[..<cut]), (cut, bytes[cut...])] {
            for token in reader.read(Array(piece)) {
                guard case .prompt(let rest, let isFresh) = token.kind else { continue }
                found.append("\(String(decoding: rest, as: UTF8.self))|\(isFresh)|\(start + token.end)")
            }
        }
        return found
    }

    @Test(
        "A prompt is found wherever the bytes are cut; one that is drawn again is not fresh",
        arguments: [
            ("Done\r\ntestpmd> ", ["|true|15"]),
            ("no line feed testpmd> show", ["no line feed |true|22"]),
            ("testpmd> show p\r\r\n port\r\n\u{1b}M\u{1b}Etestpmd> show p", ["|true|9", "|false|38"]),
            ("testpmd> old\u{1b}M\u{1b}Etestpmd> new\r\r\ntestpmd> ", ["|true|9", "|false|25", "|true|40"]),
            ("testpmd>\r\ntestpmd", []),
            ("\rtestpmd> ", ["|true|10"]),
        ])
    func prompt(_ shown: String, _ expected: [String]) {
        for cut in 0...shown.utf8.count { #expect(prompts(shown, cut: cut) == expected, "cut at \(cut)") }
    }

    @Test("Without a prompt there are only lines")
    func noPrompt() {
        var reader = LineAssembler(limit: 100, prompt: nil)
        let tokens = reader.read(Array("login: root\r\ntestpmd> ".utf8))
        #expect(tokens.count == 1 && rows(tokens) == ["login: root"])
    }
}
