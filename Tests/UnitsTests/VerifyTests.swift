import Config
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import Units

/// systemd itself reads what we generate, with our static units beside it.
@Suite struct VerifyTests {
    /// Those that are installed as they are.
    private static let units = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "units")

    @Test(arguments: HostCase.names) func systemdAcceptsEveryUnit(_ name: String) throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "pvp-verify-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        // verify checks whether programs exist, so the layout is one where they do.
        let layout = Layout(prefix: scratch.path)
        for program in ["pvp-host", "pvp-console", "pvp-guest", "pvp-image", "pvp-network"] {
            try OpenDirectory(Root(layout.programs)).makeLink(program, to: "/bin/true")
        }
        try OpenDirectory(Root(layout.binaries)).makeLink("pvpgen", to: "/bin/true")
        for file in try FileManager.default.contentsOfDirectory(atPath: Self.units.path) {
            let text = try String(contentsOf: Self.units.appending(path: file), encoding: .utf8)
            let placed = text.replacingOccurrences(of: "/usr/lib/pvpgen", with: layout.programs)
                .replacingOccurrences(of: "/usr/bin/pvpgen", with: scratch.path + "/bin/pvpgen")
            try Root(layout.units).replace("/" + file, with: Array(placed.utf8))
        }
        let host = try HostCase(name)
        let (plan, problems) = Plan.read(from: host.root)
        let generated = UnitTree(try #require(plan), problems: problems, layout: layout)
        try #require(plan).write(
            to: Root(scratch.appending(path: "generator").path), problems: problems, layout: layout)

        // verify takes what is behind a colon for an alias, so NICs are looked at as members of the
        // target.
        let sockets = generated.files.keys.filter { $0.hasSuffix(".socket") }.sorted()
        let named = ["pvp.target", "pvp-ready.service"] + sockets + generated.members.filter { !$0.contains(":") }
        let verify = Command(
            [
                "env", "SYSTEMD_UNIT_PATH=\(scratch.path)/generator:\(layout.units):", "systemd-analyze", "verify",
                "--recursive-errors=one", "--man=no",
            ] + named)
        let result = try verify.run()
        #expect(result.status == 0, "\(result.output)")
        // Warnings about units of this machine are not ours.
        let ours = result.output.split(separator: "\n").filter { $0.contains("pvp") || $0.contains("testpmd") }
        #expect(ours.isEmpty)
    }

    /// It would not start for a configuration in the other places.
    @Test func theTargetAsksForAConfigurationInEachPlace() throws {
        let target = try String(contentsOf: Self.units.appending(path: "pvp.target"), encoding: .utf8)
        let asked = target.split(separator: "\n").filter { $0.hasPrefix("Assert") }
        let places = ConfigFiles.directories.map { "\($0)/\(ConfigFiles.name)" }
        let files = (places + [ConfigFiles.credential]).map { "AssertPathExists=|\($0)" }
        #expect(asked.sorted() == (files + places.map { "AssertDirectoryNotEmpty=|\($0).d" }).map { $0[...] }.sorted())
    }

    /// The one service that others on the machine can talk to. The figure is that of systemd 252 to
    /// 257: 0 is best, 10 is worst.
    @Test func whatServesMetricsIsConfined() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "pvp-security-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let unit = try Root(Self.units.path).bytes("/pvp-metrics@.service")
        try Root(scratch.path).replace("/pvp-metrics@0.service", with: unit)
        let result = try Command([
            "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=12",
            "\(scratch.path)/pvp-metrics@0.service",
        ]).run()
        #expect(result.status == 0, "\(result.output)")
    }
}
