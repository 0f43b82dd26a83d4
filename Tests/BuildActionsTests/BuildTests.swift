import Builds
import Config
import Diagnostics
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// From an archive on a server to a result, with the real meson and ninja.
@Suite("Builds of a small project") struct BuildTests {
    /// A host whose source is on a server.
    private static func host(_ settings: String, _ server: ImageServer, _ served: Tree) throws -> BuildHost {
        let sum = "sha256:\(try served.root.sha256("/dpdk.tar.xz"))"
        return try BuildHost("URL=\(server.url("/dpdk.tar.xz"))\nChecksum=\(sum)\n\(settings)")
    }

    private static func served() throws -> Tree {
        let tree = try Tree()
        try Toy.archive(try Toy.project(), to: tree.path + "/dpdk.tar.xz")
        return tree
    }

    @Test("A build is published complete; a second run does nothing; a patch gives another result beside it")
    func whole() throws {
        let served = try Self.served()
        let server = try ImageServer(served, ["--cut-each=200"])
        let host = try Self.host("", server, served)
        let fetched = try host.run("source")
        #expect(fetched.status == 0 && fetched.error.contains("fetched, the checksum is right"), "\(fetched.error)")
        #expect(server.requests.count > 1)
        #expect(try host.run("compile").status == 0)
        host.expectNothing()
        let published = try host.run("publish")
        let first = try host.onlyResult()
        #expect(published.status == 0 && published.error.contains(first.path), "\(published.error)")
        #expect(first.name == "dpdk-24.11.1-\(try host.hash().prefix(8))")
        #expect(try Command([host.root.path(first.program)]).run().status == 3)
        let record = try #require(BuildStore(host.root).record(of: first))
        #expect(record.name == "dpdk-a" && record.libraries == ["libc.so.6"] && record.inputs.options.isEmpty)
        #expect(record.buildID?.count == 40 && record.features.contains("sse4_2"))
        let show = try host.pvpgen("build", "show", "dpdk-a")
        #expect(show.status == 0 && show.output.contains("\"hash\""))
        #expect(try host.root.list(BuildHost.sources).count == 1)

        let before = try host.root.bytes(first.program)
        let requests = server.requests.count
        let again = try JSON(Array(host.pvpgen("build", "--json").output.utf8))
        #expect(again["changed"] == false && again["builds"]?.array?.first?["result"]?.string == first.path)
        #expect(try host.pvpgen("build").output == "dpdk-a: \(first.path): nothing to do\n")
        #expect(try host.build().status == 0 && server.requests.count == requests)
        #expect(try host.onlyResult() == first)

        try host.tree.write("/srv/return.patch", Toy.patch)
        let text = try host.tree.text("/etc/pvpgen/pvp.conf")
        try host.tree.write("/etc/pvpgen/pvp.conf", text + "\nPatch=/srv/return.patch\n")
        let patched = try host.build()
        #expect(patched.status == 0, "\(patched.error)")
        let entries = try host.results()
        let second = try #require(entries.first { $0.result != first })
        #expect(entries.count == 2 && second.names == ["dpdk-a"] && second.result.hash != first.hash)
        #expect(second.record?.summary.contains("1 patch") == true)
        #expect(try Command([host.root.path(second.result.program)]).run().status == 4)
        #expect(try host.root.bytes(first.program) == before)
        // Back to the first: only the link changes.
        try host.tree.write("/etc/pvpgen/pvp.conf", text)
        #expect(try host.pvpgen("build").output.hasPrefix("dpdk-a: \(first.path)\n"))
        #expect(try host.results().first { $0.result == first }?.names == ["dpdk-a"])
    }

    @Test("A compiler error is reported with its line and the command for the log, and leaves no result")
    func compilerError() throws {
        let project = try Toy.project(["app/test-pmd/testpmd.c": "int main(void)\n{\n\treturn wrong;\n}\n"])
        let host = try BuildHost(archiveOf: project)
        let result = try host.build()
        #expect(result.status == 1)
        #expect(result.error.contains("build dpdk-a: compile ended with 1: "), "\(result.error)")
        #expect(result.error.contains("testpmd.c:3:16: error: 'wrong' undeclared"), "\(result.error)")
        #expect(result.error.contains("run 'pvpgen build log dpdk-a'"))
        host.expectNothing()
    }

    @Test("A wrong option is meson's error")
    func mesonError() throws {
        let host = try BuildHost(archiveOf: try Toy.project(), settings: "Option=-Dnothing=1")
        let result = try host.build()
        #expect(
            result.status == 1 && result.error.contains("configure ended with 1: ")
                && result.error.contains("ERROR: Unknown options: \"nothing\""), "\(result.error)")
    }

    @Test("The plan has the program of the build")
    func plan() throws {
        let example = try HostCase("01-example")
        let config = "\n[Testpmd]\nBuild=dpdk-a\n[Build]\nName=dpdk-a\nDirectory=/srv/dpdk\n"
        try example.tree.write("/etc/pvpgen/pvp.conf", try example.tree.text("/etc/pvpgen/pvp.conf") + config)
        for (name, text) in Toy.files { try example.tree.write("/srv/dpdk/\(name)", text) }
        let tools = try Toy.tools()
        func run(_ program: String, _ arguments: String...) throws -> Program.Result {
            try Program(name: program, tools: tools).run(arguments + ["--root=\(example.tree.path)"])
        }
        let missing = try run("pvpgen", "plan")
        #expect(missing.error.contains("testpmd testpmd: Build=dpdk-a is not built"), "\(missing.error)")
        for phase in ["source", "compile", "publish"] { #expect(try run("pvp-build", phase, "dpdk-a").status == 0) }
        let result = try #require(BuildStore(example.root).links.first?.target)
        let plan = try run("pvpgen", "plan")
        #expect(!plan.error.contains("not built"), "\(plan.error)")
        #expect(try #require(Plan.read(from: example.root).plan).testpmds.map(\.binary) == [result.program])
        let list = try run("pvpgen", "build", "list", "--json")
        let entry = try JSON(Array(list.output.utf8))["results"]?.array?.first
        #expect(entry?["users"]?.array == ["testpmd testpmd"], "\(list)")
        let refused = try run("pvpgen", "build", "remove", "dpdk-a")
        #expect(refused.status != 0 && refused.error.contains("\(result.name): used by testpmd testpmd"), "\(refused)")
        #expect(try run("pvpgen", "build", "remove", "--unused").output == "nothing to remove\n")
        #expect(example.root.exists(result.program))
    }
}
