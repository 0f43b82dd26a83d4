import Foundation
import JSON
import Linux
import TestSupport
import Testing

@Suite struct CatTests {
    private static func pvpgen(_ arguments: String...) throws -> Program.Result { try Program(name: "pvpgen").run(arguments) }

    /// Byte for byte what systemd prints for the same tree: with a masked drop-in, and with a file that has no line end.
    @Test(arguments: [true, false]) func configurationAsSystemdShowsIt(_ hasLineEnd: Bool) throws {
        let tree = try Tree()
        try FileManager.default.removeItem(atPath: tree.path)
        try FileManager.default.copyItem(atPath: ExplainTests.dropIns, toPath: tree.path)
        if !hasLineEnd { try tree.write("/etc/pvpgen/pvp.conf.d/10-lcores.conf", "[Testpmd]\nQueues=1") }
        let shown = try Command(["systemd-analyze", "--no-pager", "--root=\(tree.path)", "cat-config", "pvpgen/pvp.conf"]).run()
        let result = try Self.pvpgen("cat", "--root=\(tree.path)")
        #expect(result.status == 0 && result.output == shown.output, "\(result.output)\n---\n\(shown.output)")
        #expect(try Self.pvpgen("cat", "pvp.conf", "--root=\(tree.path)").output == result.output)
    }

    @Test func aGeneratedUnit() throws {
        let result = try Self.pvpgen("cat", "testpmd", "--root=\(ExplainTests.dropIns)")
        let file = try Root(ExplainTests.dropIns).bytes("/expected/testpmd.service")
        #expect(result.output == "# /run/systemd/generator/testpmd.service\n" + String(decoding: file, as: UTF8.self))
    }

    @Test func anInstanceWithItsTemplate() throws {
        let tree = try InstallTests.machine()
        try tree.write("/usr/lib/systemd/system/pvp-guest@.service", "[Unit]\nDescription=%i\n")
        let result = try Self.pvpgen("cat", "pvp-guest@guest.service", "--json", "--root=\(tree.path)")
        let files = try #require(try JSON(Array(result.output.utf8)).array)
        #expect(
            files.map { $0["path"]?.string } == [
                "\(tree.path)/usr/lib/systemd/system/pvp-guest@.service",
                "/run/systemd/generator/pvp-guest@guest.service.d/50-pvpgen.conf",
            ])
        #expect(files.first?["content"]?.string == "[Unit]\nDescription=%i\n")
    }

    @Test func whatIsNotThere() throws {
        let tree = try InstallTests.machine()
        let result = try Self.pvpgen("cat", "tstpmd.service", "--root=\(tree.path)")
        #expect(result.status == 1 && result.error.contains("the plan has no unit tstpmd.service\n  did you mean testpmd.service?"))
        #expect(try Self.pvpgen("cat", "--root=\(try Tree().path)").status == 78)
    }
}
