import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// The verbs that show: plan, generate, diff, status.
@Suite struct ShowTests {
    static func run(_ arguments: [String], _ tree: Tree, _ systemd: FakeSystemd? = nil) throws -> Program.Result {
        try run(arguments, tree, systemd?.environment ?? FakeSystemd.nowhere)
    }

    static func run(_ arguments: [String], _ tree: Tree, _ environment: [String: String]) throws -> Program.Result {
        try Program(name: "pvpgen", environment: environment).run(arguments + ["--root=\(tree.path)"])
    }

    static func json(_ result: Program.Result) throws -> JSON { try JSON(Array(result.output.utf8)) }

    static func withMistake(_ tree: Tree) throws {
        try tree.write(
            "/etc/pvpgen/pvp.conf",
            try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(of: "Image=", with: "Imgae="))
    }

    @Test func planIsATableJSONOrAPicture() throws {
        let tree = try InstallTests.machine()
        let table = try Self.run(["plan"], tree)
        #expect(table.status == 0 && table.output.contains("\ntestpmd  0     1-4     0 "), "\(table.output)")
        #expect(table.output.contains("isolcpus=managed_irq,domain,1-7"))
        #expect(try Self.json(Self.run(["plan", "--json"], tree))["isolated_cpus"] == [1, 2, 3, 4, 5, 6, 7])
        let file = tree.path + "/plan.svg"
        let picture = try Self.run(["plan", "--svg", "--output=\(file)"], tree)
        #expect(picture.status == 0 && picture.output == "")
        #expect(try tree.text("/plan.svg").contains("CPU 1: lcore of testpmd"))
        #expect(try Command(["xmllint", "--noout", file]).run().status == 0)
        #expect(try Self.run(["plan", "--svg", "--json"], tree).status == 2)
        #expect(try Self.run(["plan", "--output=/proc/none/x"], tree).status == 1)
    }

    @Test func generateAsJSON() throws {
        let json = try Self.json(Self.run(["generate", "--json"], InstallTests.machine()))
        #expect(json["files"]?["testpmd.service"]?.string?.contains("ExecStart=") == true)
        #expect(json["links"]?["pvp.target.requires/pvp-ready.service"]?.string == "../pvp-ready.service")
        #expect(json["members"]?.array?.contains("testpmd.service") == true)
    }

    @Test func generateWritesWhatItPrints() throws {
        let tree = try InstallTests.machine()
        #expect(try Self.run(["generate", "--output=\(tree.path)/units"], tree).status == 0)
        let listing = try Self.run(["generate"], tree).output
        #expect(listing.contains("# testpmd.service\n\(try tree.text("/units/testpmd.service"))\n"))
        #expect(try Self.run(["generate", "--json", "--output=x"], tree).status == 2)
    }

    @Test func diffOfTrees() throws {
        let tree = try InstallTests.machine()
        let new = try Self.run(["diff"], tree)
        #expect(new.status == 1 && new.output.contains("testpmd.service: added testpmd.service\n"))
        #expect(try Self.run(["generate", "--output=\(tree.path)/run/systemd/generator"], tree).status == 0)
        let same = try Self.run(["diff"], tree)
        #expect(same.status == 0 && same.output == "daemon-reload would change nothing\n", "\(same.output)")
        try tree.write("/etc/pvpgen/pvp.conf.d/a.conf", "[Hugepages]\nPages=9\n")
        let pages = try Self.run(["diff", "--json"], tree)
        #expect(pages.status == 1)
        let change = try #require(
            try Self.json(pages)["changes"]?.array?.first { $0["unit"] == "pvp-hugepages@0.service" })
        #expect(
            change["parts"]?.array?.first?["removed"]?.array?.compactMap(\.string).contains {
                $0.hasSuffix("PVP_PAGES=5")
            } == true)
        #expect(
            change["parts"]?.array?.first?["added"]?.array?.compactMap(\.string).contains {
                $0.hasSuffix("PVP_PAGES=9")
            } == true)
        try Self.withMistake(tree)
        #expect(try Self.run(["diff"], tree).status == 78)
    }

    @Test func statusPrintsTheChain() throws {
        let tree = try InstallTests.machine()
        let answer = """
            Id=pvp-hugepages@0.service\nLoadState=loaded\nActiveState=active\nSubState=exited\nResult=success\n\
            ActiveEnterTimestampMonotonic=1

            Id=testpmd.service\nLoadState=loaded\nActiveState=failed\nSubState=failed\nResult=exit-code

            """
        let systemd = try FakeSystemd(answer)
        let result = try Self.run(["status"], tree, systemd)
        #expect(result.status == 3 && result.error == "", "\(result.error)")
        #expect(
            result.output.contains("hugepages\n  pvp-hugepages@0.service        active (exited) since "),
            "\(result.output)")
        #expect(
            result.output.contains("  testpmd.service                failed (failed)\n    exit-code\n"),
            "\(result.output)")
        let units = ["pvp-tune.service", "pvp-hugepages@0.service", "pvp-vfio@0000:17:00.0.service"]
        #expect(systemd.calls.starts(with: units.map { "GetAll \($0)" }))
        #expect(systemd.calls.contains("GetAll pvp-image@guest.service"))
        #expect(try Self.json(Self.run(["status", "--json"], tree, systemd))["up"] == false)
    }

    @Test func statusIsNotHiddenByMistakes() throws {
        let tree = try InstallTests.machine()
        #expect(try Self.run(["generate", "--output=\(tree.path)/run/systemd/generator"], tree).status == 0)
        try Self.withMistake(tree)
        let up = "Id=testpmd.service\nLoadState=loaded\nActiveState=active\nSubState=running\nResult=success\n"
        let systemd = try FakeSystemd(up)
        let result = try Self.run(["status"], tree, systemd)
        #expect(result.status == 3 && result.error.contains("unknown key 'Imgae'"))
        #expect(result.output.contains("testpmd.service                active (running)"), "\(result.output)")
        // The guest that the error takes out of the plan may well run.
        #expect(systemd.calls.contains("GetAll pvp-guest@guest.service"))
    }

    @Test func withoutAConfigurationThereIsNothingToShow() throws {
        for verb in ["plan", "generate", "diff", "status"] {
            let result = try Self.run([verb], try Tree())
            #expect(result.status == 78 && result.error.contains("/etc/pvpgen/pvp.conf: not found"), "\(verb)")
        }
    }

    @Test func allUpIs0AndNoSystemdIs1() throws {
        let tree = try InstallTests.machine()
        let systemd = try FakeSystemd()
        systemd.change { $0.others = ["LoadState": "loaded", "ActiveState": "active"] }
        #expect(try Self.run(["status"], tree, systemd).status == 0)
        let silent = try Self.run(["status"], tree)
        #expect(silent.status == 1 && silent.error.contains("cannot reach systemd"), "\(silent.error)")
    }
}
