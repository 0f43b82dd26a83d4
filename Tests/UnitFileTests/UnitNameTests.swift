import Testing

@testable import UnitFile

@Suite struct UnitNameTests {
    static let texts: [String] = {
        var generator = SeededGenerator(state: 3)
        let table = [
            "", "a", ".", "..", ".hidden", "a.b", "/", "//", "/a//b/", "Hallöchen, Meister", "a-b", "a\\x2d", "@",
            "a@b", ":_.", "-", "--",
            "0000:01:00.0", "\t", "é",
        ]
        return table + (0..<400).map { _ in generator.text(10, from: Pieces.all) }
    }()

    static let paths: [String] = {
        var generator = SeededGenerator(state: 4)
        let pieces = Pieces.plain + ["/", "/", "//", "/./", ".", "..a", "\\", " ", "\u{1}"]
        let table = [
            "/", "//", "///", "/.", "/./", "/a", "/a/", "//a//b//", "/a/./b", "/.a", "/a/.b", "/...",
            "/tmp//waldi/foobar/",
            "/dev/hugepages-1G",
        ]
        let generated = (0..<400).map { _ in "/" + generator.text(8, from: pieces) }
        return table + generated.filter { !$0.split(separator: "/").contains("..") }
    }()

    @Test func escapesAsSystemdEscape() throws {
        let output = try run("systemd-escape", ["--"] + Self.texts)
        #expect(output.status == 0)
        #expect(output.text == Self.texts.map(UnitName.escape).joined(separator: " ") + "\n")
    }

    @Test func escapesPathsAsSystemdEscape() throws {
        let output = try run("systemd-escape", ["--path", "--"] + Self.paths)
        #expect(output.status == 0)
        let escaped = Self.paths.compactMap(UnitName.escapePath)
        #expect(escaped.count == Self.paths.count)
        #expect(output.text == escaped.joined(separator: " ") + "\n")
    }

    @Test(arguments: [".", "./", "..", "/..", "/a/../b", "a/..", "/" + String(repeating: "x", count: 256)])
    func refusesPathsAsSystemdEscape(_ path: String) throws {
        #expect(UnitName.escapePath(path) == nil)
        #expect(try run("systemd-escape", ["--path", "--", path]).status != 0)
    }

    @Test func escapesWhatIsNoAbsolutePath() {
        #expect(UnitName.escapePath("") == "-")
        #expect(UnitName.escapePath("a/b") == "a-b")
    }
}
