import Testing

@testable import UnitFile

@Suite struct UnitNameTests {
    static let texts: [String] = {
        var generator = SeededGenerator(state: 3)
        let table = [
            "", "a", ".", "..", ".hidden", "a.b", "/", "//", "/a//b/", "Hallöchen, Meister", "a-b", "a\\x2d", "@", "a@b", ":_.", "-", "--",
            "0000:01:00.0", "\t", "é",
        ]
        return table + (0..<400).map { _ in generator.text(10, from: Pieces.all) }
    }()

    static let paths: [String] = {
        var generator = SeededGenerator(state: 4)
        let pieces = Pieces.plain + ["/", "/", "//", "/./", ".", "..a", "\\", " ", "\u{1}"]
        let table = [
            "/", "//", "///", "/.", "/./", "/a", "/a/", "//a//b//", "/a/./b", "/.a", "/a/.b", "/...", "/tmp//waldi/foobar/",
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

    @Test func unescapesAsSystemdEscape() throws {
        let names = Self.texts.map(UnitName.escape) + ["a-b", "\\x2F", "a@b", "x y"]
        let output = try run("systemd-escape", ["-u", "--"] + names)
        #expect(output.status == 0)
        let texts = names.compactMap(UnitName.unescape)
        #expect(texts.count == names.count)
        #expect(output.text == texts.joined(separator: " ") + "\n")
        #expect(Array(texts.prefix(Self.texts.count)) == Self.texts)
    }

    @Test func unescapesPathsAsSystemdEscape() throws {
        let names = Self.paths.compactMap(UnitName.escapePath)
        let output = try run("systemd-escape", ["-u", "--path", "--"] + names)
        #expect(output.status == 0)
        let paths = names.compactMap(UnitName.unescapePath)
        #expect(paths.count == names.count)
        #expect(output.text == paths.joined(separator: " ") + "\n")
    }

    @Test(arguments: [".", "./", "..", "/..", "/a/../b", "a/..", "/" + String(repeating: "x", count: 256)])
    func refusesPathsAsSystemdEscape(_ path: String) throws {
        #expect(UnitName.escapePath(path) == nil)
        #expect(try run("systemd-escape", ["--path", "--", path]).status != 0)
    }

    @Test(arguments: ["a\\", "\\q", "\\x", "\\x2", "\\xg0", "\\x0g"]) func refusesEscapesAsSystemdEscape(_ name: String) throws {
        #expect(UnitName.unescape(name) == nil)
        #expect(try run("systemd-escape", ["-u", "--", name]).status != 0)
    }

    @Test(arguments: ["", "a-", "-a", "a--b", "a-.-b", "a-..-b", "\\x2e", "\\x2e\\x2e", "\\x2fa"]) func refusesPathNamesAsSystemdEscape(
        _ name: String
    ) throws {
        #expect(UnitName.unescapePath(name) == nil)
        #expect(try run("systemd-escape", ["-u", "--path", "--", name]).status != 0)
    }

    @Test func refusesWhatIsNotText() {
        #expect(UnitName.unescape("\\x00") == nil)
        #expect(UnitName.unescape("\\xff") == nil)
        #expect(UnitName.escapePath("") == "-")
        #expect(UnitName.escapePath("a/b") == "a-b")
    }

    @Test(arguments: [
        "a.service", "a@b.service", "pvp-guest@vm\\x2d1.service", "-.slice", "dev-hugepages.mount", "a@b@c.socket", "a:b_c.target",
        "a.b.c.timer",
        String(repeating: "x", count: 247) + ".service",
    ]) func acceptsUnitNames(_ name: String) {
        #expect(UnitName.isValid(name))
        #expect(!UnitName.isTemplate(name))
    }

    @Test(arguments: [
        "", "a", ".service", "@.service", "@a.service", "a.services", "a.", "a b.service", "a/b.service", "é.service", "a.Service",
        "a.service ", "a\n.service", "a@b.service@",
        String(repeating: "x", count: 248) + ".service",
    ]) func refusesUnitNames(_ name: String) {
        #expect(!UnitName.isValid(name))
    }

    @Test func instantiatesAsSystemdEscape() throws {
        let instances = Self.texts.filter { !$0.isEmpty }.map(UnitName.escape)
        let names = instances.compactMap { UnitName.instantiate("pvp-vfio@.service", instance: $0) }
        let output = try run("systemd-escape", ["--template=pvp-vfio@.service", "--"] + Self.texts.filter { !$0.isEmpty })
        #expect(output.status == 0)
        #expect(output.text == names.joined(separator: " ") + "\n")
        #expect(names.compactMap(UnitName.instance) == instances)
    }

    @Test func instantiatesOnlyTemplates() {
        #expect(UnitName.instantiate("pvp-vfio@.service", instance: "0000:01:00.0") == "pvp-vfio@0000:01:00.0.service")
        #expect(UnitName.instantiate("pvp-vfio.service", instance: "a") == nil)
        #expect(UnitName.instantiate("pvp-vfio@x.service", instance: "a") == nil)
        #expect(UnitName.instantiate("pvp-vfio@.service", instance: "") == nil)
        #expect(UnitName.instantiate("pvp-vfio@.service", instance: "a b") == nil)
        #expect(UnitName.instantiate("pvp-vfio@.service", instance: String(repeating: "x", count: 250)) == nil)
        #expect(UnitName.isTemplate("a@.service") && !UnitName.isTemplate("a@.servicex"))
        #expect(UnitName.instance(of: "a@.service") == "" && UnitName.instance(of: "a.service") == nil)
    }
}
