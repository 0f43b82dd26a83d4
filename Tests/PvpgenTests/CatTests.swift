import Foundation
import JSON
import Linux
import TestSupport
import Testing

@Suite struct CatTests {
    private static func pvpgen(_ arguments: String...) throws -> Program.Result {
        try Program(name: "pvpgen").run(arguments)
    }

    /// Byte for byte what systemd prints for the same tree: with a masked drop-in, and with a file
    /// that has no line end.
    @Test(arguments: [true, false]) func configurationAsSystemdShowsIt(_ hasLineEnd: Bool) throws {
        let tree = try HostCase("07-drop-ins").tree
        if !hasLineEnd { try tree.write("/etc/pvpgen/pvp.conf.d/10-lcores.conf", "[Testpmd]\nQueues=1") }
        let shown = try Command([
            "systemd-analyze", "--no-pager", "--root=\(tree.path)", "cat-config", "pvpgen/pvp.conf",
        ]).run()
        let result = try Self.pvpgen("cat", "--root=\(tree.path)")
        #expect(result.status == 0 && result.output == shown.output, "\(result.output)\n---\n\(shown.output)")
        #expect(try Self.pvpgen("cat", "pvp.conf", "--root=\(tree.path)").output == result.output)
    }

    @Test func aGeneratedUnit() throws {
        let host = try HostCase("07-drop-ins")
        let result = try Self.pvpgen("cat", "testpmd", "--root=\(host.tree.path)")
        let unit = try #require(host.expected.files["testpmd.service"])
        #expect(result.output == "# /run/systemd/generator/testpmd.service\n" + unit)
    }

    @Test func anInstanceWithItsTemplate() throws {
        let tree = try InstallTests.machine()
        try tree.write("/usr/lib/systemd/system/pvp-guest@.service", "[Unit]\nDescription=%i\n")
        let result = try Self.pvpgen("cat", "pvp-guest@guest.service", "--json", "--root=\(tree.path)")
        let files = try #require(try JSON(Array(result.output.utf8))["files"]?.array)
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
        #expect(
            result.status == 1
                && result.error.contains(
                    "unit 'tstpmd.service': not found in the plan\n  did you mean 'testpmd.service'?")
        )
        let empty = try Tree()
        #expect(try Self.pvpgen("cat", "--root=\(empty.path)").status == 78)
    }
}
