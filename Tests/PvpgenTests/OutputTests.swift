import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// Output that is lost is an error, and errors are in the documents of verbs that print several.
@Suite struct OutputTests {
    /// pvpgen behind a redirection of a shell.
    private static func run(_ arguments: [String], _ redirection: String) throws -> (status: Int32, output: String) {
        let script = "\"$@\" \(redirection)"
        let result = try Command(["sh", "-c", script, "sh", Program.path("pvpgen")] + arguments).run()
        return (result.status, result.output)
    }

    @Test(arguments: [["plan"], ["plan", "--json"], ["guest", "list"], ["explain"], ["--help"], ["plan", "--help"]])
    func aFullDiskIsAnError(_ arguments: [String]) throws {
        let tree = try InstallTests.machine()
        let root = arguments.contains("--help") ? [] : ["--root=\(tree.path)"]
        for redirection in [">/dev/full", ">&-"] {
            let result = try Self.run(arguments + root, redirection)
            #expect(result.status == 1 && result.output.contains("standard output"), "\(redirection): \(result)")
        }
    }

    @Test func aDocumentThatCannotBeWrittenToItsFileIsPrintedWithTheError() throws {
        let tree = try InstallTests.machine()
        for verb in ["plan", "report"] {
            let result = try ShowTests.run([verb, "--json", "--output=\(tree.path)/etc/pvpgen/pvp.conf/x"], tree)
            let codes = try ShowTests.json(result)["problems"]?.array?.compactMap { $0["code"]?.string }
            #expect(result.status == 1 && codes?.last == "file-unwritable", "\(result)")
        }
    }

    @Test func errorsOfConsoleAndTopAreInTheDocument() throws {
        let tree = try InstallTests.machine()
        for arguments in [["console", "-c", "x", "--json"], ["top", "--once", "--json", "--interval=0.1"]] {
            let result = try ShowTests.run(arguments, tree)
            #expect(result.status == 1 && result.error == "", "\(result)")
            #expect(try ShowTests.json(result)["problems"]?.array?.isEmpty == false, "\(result)")
        }
        try ShowTests.withMistake(tree)
        let top = try ShowTests.run(["top", "--once", "--json", "--interval=0.1"], tree)
        let codes = try ShowTests.json(top)["problems"]?.array?.compactMap { $0["code"]?.string }
        #expect(codes?.contains("unknown-key") == true, "\(top)")
    }

    @Test func aFileThatCannotBeReadIsAnError() throws {
        let tree = try InstallTests.machine()
        try tree.directory("/etc/pvpgen/pvp.conf.d/a.conf")
        let cat = try ShowTests.run(["cat", "--json"], tree)
        #expect(try cat.status == 78 && ShowTests.json(cat)["files"] == nil, "\(cat)")
        let explain = try ShowTests.run(["explain", "Memory", "--json"], tree)
        #expect(try ShowTests.json(explain)["problems"]?.array?.isEmpty == false, "\(explain)")
    }

    @Test func aMissingTreeIsWrongUsage() throws {
        for verb in ["uninstall", "plan", "status"] {
            let result = try Program(name: "pvpgen").run([verb, "--root=/nonexistent"])
            #expect(result.status == 2 && result.error.contains("--root=/nonexistent"), "\(result)")
        }
        let tree = try Tree(["/etc/machine-id": ""])
        let plan = try ShowTests.run(["plan"], tree)
        #expect(plan.error.contains("\(tree.path)/etc/pvpgen/pvp.conf: not found"), "\(plan)")
        #expect(plan.error.contains("--root=\(tree.path)"), "\(plan)")
    }
}
