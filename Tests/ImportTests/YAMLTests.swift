import Testing

@testable import Import

@Suite struct YAMLTests {
    private func node(_ text: String) throws -> YAMLNode { try #require(try YAMLNode.documents(text).first) }

    @Test(
        "A scalar is its text, also where YAML 1.1 has a boolean, a base-60 number, an octal number or null",
        arguments: ["yes", "on", "0000:17:00.0", "12:30:45", "0644", "1_000", "~", "1e3"])
    func scalarsAreText(_ text: String) throws {
        #expect(try node("a: \(text)")["a"]?.text == text)
        #expect(try node("a: '\(text)'")["a"]?.text == text)
    }

    @Test func anEmptyValueIsEmptyText() throws { #expect(try node("a:\nb: 1\n")["a"]?.text == "") }

    @Test func everyDocumentOfATextIsRead() throws {
        #expect(try YAMLNode.documents("a\n---\nb\n").map(\.text) == ["a", "b"])
        #expect(try YAMLNode.documents("# nothing\n").isEmpty)
    }

    @Test func anAliasIsWhatItsAnchorNames() throws {
        let root = try node("a: &x [1, {b: c}]\nd: *x\n")
        #expect(root["d"]?.items.first?.text == "1" && root["d"]?.items.last?["b"]?.text == "c")
        #expect(root["d"]?.mark == .init(line: 1, column: 4))
    }

    @Test("A position counts from 1, in Unicode scalars") func marks() throws {
        #expect(
            try node("é: 1\nß: x").members?.map(\.value.mark) == [.init(line: 1, column: 4), .init(line: 2, column: 4)])
    }

    @Test(
        "An alias is refused where no anchor of the document is before it",
        arguments: ["*a", "&a [*a]", "[&a 1]\n---\n*a"])
    func unknownAliases(_ text: String) {
        let error = #expect(throws: YAMLError.self) { try YAMLNode.documents(text) }
        #expect(error?.message == "found undefined alias" && error?.mark != nil)
    }

    @Test("Aliases of aliases that stand for billions of nodes are refused at the alias that passes the limit")
    func aliasesThatGrow() {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for level in 1...9 {
            lines.append(
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]")
        }
        let error = #expect(throws: YAMLError.self) { try YAMLNode.documents(lines.joined(separator: "\n")) }
        #expect(error?.message == "the aliases stand for more than 100000 nodes" && error?.mark?.line == 6)
    }

    @Test("Nodes are inside one another up to the limit, aliases included")
    func depth() throws {
        func nested(_ depth: Int, around inner: String = "") -> String {
            String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth)
        }
        #expect(try node(nested(100)).items.count == 1)
        #expect(throws: YAMLError.self) { try YAMLNode.documents(nested(101)) }
        #expect(try node("[&a \(nested(50)), \(nested(49, around: "*a"))]").items.count == 2)
        #expect(throws: YAMLError.self) { try YAMLNode.documents("[&a \(nested(50)), \(nested(50, around: "*a"))]") }
    }
}
