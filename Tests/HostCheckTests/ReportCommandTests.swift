import Foundation
import JSON
import TestSupport
import Testing

@Suite struct ReportCommandTests {
    @Test func itHasWhatTheTemplateAsksFor() throws {
        let host = try HostCase("02-two-sockets")
        let result = try Program(name: "pvpgen").run([
            "report", "--root=\(host.tree.path)", "--note=Mpps=14.2", "--note=Cable=a=b",
        ])
        #expect(result.status == 0, "\(result)")
        for line in [
            "| Mpps | 14.2 |", "| Cable | a=b |", "| Traffic generator | not given |", "| Isolated | ",
            "| Configuration | sha256:",
        ] {
            #expect(result.output.contains("\n" + line), "\(line) in \(result.output)")
        }
    }

    @Test func aChangedSettingIsNamed() throws {
        let tree = try Tree([:])
        for name in ["02-two-sockets", "12-smt"] {
            let host = try HostCase(name)
            let made = try Program(name: "pvpgen").run([
                "report", "--json", "--root=\(host.tree.path)", "--output=\(tree.path)/\(name).json",
            ])
            #expect(made.status == 0, "\(made)")
        }
        let files = ["\(tree.path)/02-two-sockets.json", "\(tree.path)/12-smt.json"]
        let same = try Program(name: "pvpgen").run(["report", "--compare", files[0], files[0]])
        #expect(same.status == 0 && same.output == "no difference\n", "\(same)")
        let differs = try Program(name: "pvpgen").run(["report", "--compare"] + files)
        #expect(differs.status == 1 && differs.output.contains("\nSoftware "), "\(differs)")
        let json = try Program(name: "pvpgen").run(["report", "--compare", "--json"] + files + [files[0]])
        let parsed = try JSON(Array(json.output.utf8))
        #expect(parsed["reports"]?.array?.count == 3 && parsed["differences"]?.array?.isEmpty == false, "\(json)")
        let counted = try Program(name: "pvpgen").run(["report", "--compare", "--same=Software/Plan"] + files)
        #expect(counted.status == 1, "\(counted)")
        let others = try Program(name: "pvpgen").run(["report", "--compare", "--same=systemd"] + files)
        #expect(others.status == 0 && others.output == differs.output, "\(others)")
        let unknown = try Program(name: "pvpgen").run(["report", "--compare", "--same=Colour"] + files)
        #expect(unknown.status == 2 && unknown.error.contains("'Colour'"), "\(unknown)")
    }

    @Test(arguments: [["--compare", "one"], ["one"], ["--same=Kernel"], ["--note=Mpps"], ["--note==1"]])
    func wrongUsageIsReported(_ arguments: [String]) throws {
        #expect(try Program(name: "pvpgen").run(["report"] + arguments).status == 2)
    }

    @Test func whatIsNoReportIsNamed() throws {
        let tree = try Tree(["/a.json": "{}"])
        let result = try Program(name: "pvpgen").run([
            "report", "--compare", tree.path + "/a.json", tree.path + "/nowhere.json",
        ])
        #expect(result.status == 1 && result.error.contains("pvpgen report --json"), "\(result)")
    }
}
