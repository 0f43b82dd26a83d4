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

/// Sources that are not what they should be: each is refused with a reason, and nothing is left.
@Suite("Sources that are refused") struct BadSourceTests {
    private func expect(_ host: BuildHost, _ message: String, _ more: String = "") throws {
        let result = try host.build()
        #expect(
            result.status == 1 && result.error.contains(message) && result.error.contains(more), "\(result.error)")
        host.expectNothing()
    }

    /// A host that builds this archive.
    private func host(_ project: Tree, _ options: [String]) throws -> BuildHost {
        let host = try BuildHost(tools: try Toy.tools())
        try Toy.archive(project, to: host.root.path("/srv/dpdk.tar"), options)
        try host.configure("File=/srv/dpdk.tar\nChecksum=\(try host.sum("/srv/dpdk.tar"))")
        return host
    }

    @Test("A download with another checksum, one that does not exist, and a page are refused")
    func downloads() throws {
        let served = try Tree()
        try Toy.archive(try Toy.project(), to: served.path + "/dpdk.tar.xz")
        let zero = "sha256:" + String(repeating: "0", count: 64)
        let server = try ImageServer(served)
        let host = try BuildHost("URL=\(server.url("/dpdk.tar.xz"))\nChecksum=\(zero)")
        try expect(host, "expected \(zero), got sha256:", "correct Checksum= in [Build]")
        #expect(try host.root.list(BuildHost.sources) == [])
        try host.configure("URL=\(server.url("/other.tar.xz"))\nChecksum=\(zero)")
        try expect(host, "the server answered 404; correct URL= in [Build]")
        let page = try ImageServer(served, ["--type=text/html"])
        try host.configure("URL=\(page.url("/dpdk.tar.xz"))\nChecksum=\(zero)")
        try expect(host, "answered with an HTML page, expected an archive")
        #expect(try host.root.list(BuildHost.sources) == [])
    }

    @Test("An archive of this host with another checksum is refused")
    func checksum() throws {
        let host = try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools())
        try host.tree.write(BuildHost.archive, "changed")
        try expect(host, "\(BuildHost.archive): expected sha256:", "correct Checksum= in [Build]")
    }

    @Test("A fetched archive that another build has changed is removed, and fetched again")
    func poisoned() throws {
        let served = try Tree()
        try Toy.archive(try Toy.project(), to: served.path + "/dpdk.tar.xz")
        let server = try ImageServer(served)
        let sum = "sha256:\(try served.root.sha256("/dpdk.tar.xz"))"
        let host = try BuildHost("URL=\(server.url("/dpdk.tar.xz"))\nChecksum=\(sum)", tools: try Toy.tools())
        #expect(try host.run("compile").error.contains("/dpdk.tar.xz: not fetched; run 'pvpgen build --fetch dpdk-a'"))
        #expect(try host.run("source").status == 0)
        try host.tree.write("\(BuildHost.sources)/\(sum.dropFirst(7))", "changed")
        try expect(host, "the fetched file has changed and was removed")
        #expect(try host.build().status == 0)
        _ = try host.onlyResult()
    }

    @Test("Names that lead out of an archive are refused")
    func names() throws {
        let project = try Toy.project()
        try project.write("/outside", "text")
        let parent = ["--absolute-names", "dpdk-24.11.1", "dpdk-24.11.1/../outside"]
        try expect(try host(project, parent), "has 'dpdk-24.11.1/../outside', which leads out of the directory")
        let absolute = ["--absolute-names", "dpdk-24.11.1", "\(project.path)/outside"]
        try expect(try host(project, absolute), "has '\(project.path)/outside', which leads out")
    }

    @Test("A link that leads out of the source is refused", arguments: ["/etc/passwd", "../../../etc/passwd", ".."])
    func link(_ target: String) throws {
        let project = try Toy.project()
        try project.link("/dpdk-24.11.1/app\tx\ny", target == ".." ? "app/../.." : target)
        try expect(try host(project, []), "has the link 'app\tx\ny' to '", "out of its directory")
    }

    @Test("A source that is only a link is refused")
    func topLink() throws {
        let project = try Tree()
        try project.link("/dpdk", "/etc")
        try expect(try host(project, []), "has the link '' to '/etc'")
    }

    @Test("Two directories, another project, and an old release are refused")
    func content() throws {
        let two = try Toy.project()
        try two.write("/second/file", "")
        try expect(try host(two, []), "expected one directory with the source, got dpdk-24.11.1, second")
        let other = try Tree(["/dpdk/README": ""])
        try expect(try host(other, []), "expected the source of dpdk, found no VERSION")
        try expect(try host(try Toy.project(["VERSION": "20.08\n"]), []), "expected DPDK 20.11 or newer, got 20.08")
    }

    @Test(
        "A file that is no archive is refused with the reason",
        arguments: [
            ("/srv/dpdk.tar", "This does not look like a tar archive"),
            ("/srv/dpdk.tar.gz", "gzip: stdin: not in gzip format"),
            ("/srv/dpdk.tar.xz", "xz: (stdin): File format not recognized"),
        ])
    func noArchive(_ path: String, _ reason: String) throws {
        let host = try BuildHost(tools: try Toy.tools())
        try host.tree.write(path, "<html>\n")
        try host.configure("File=\(path)\nChecksum=\(try host.sum(path))")
        try expect(host, "tar ended with 2: ", reason)
    }

    @Test("An archive whose names begin with ./ is as any other, and its warnings are no names")
    func dot() throws {
        let project = try Toy.project()
        let host = try host(project, ["--pax-option=LIBARCHIVE.creationtime=1", "--format=pax", "./dpdk-24.11.1"])
        #expect(try host.build().status == 0)
        _ = try host.onlyResult()
    }

    @Test("A patch that does not apply is refused with its file and hunk")
    func patches() throws {
        let host = try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools())
        let text = try host.tree.text("/etc/pvpgen/pvp.conf")
        try host.tree.write("/etc/pvpgen/pvp.conf", text + "\nPatch=/srv/a.patch\n")
        try expect(host, "/srv/a.patch: open: No such file", "correct Patch=")
        try host.tree.write("/srv/a.patch", Toy.patch.replacing("return 3", with: "return 5"))
        try expect(host, "/srv/a.patch: does not apply: app/test-pmd/testpmd.c, hunk 1 at line 1", "Patch= in [Build]")
        try host.tree.write("/srv/a.patch", Toy.patch.replacing("app/test-pmd", with: "../../../outside"))
        try expect(host, "/srv/a.patch: does not apply: its file is outside of the source: ")
        let link = "diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n"
        try host.tree.write("/srv/a.patch", link + "\\ No newline at end of file\n")
        try expect(host, "has the link 'l' to '/etc/passwd'")
        try host.tree.write("/srv/a.patch", "text\n")
        try expect(host, "/srv/a.patch: does not apply: it is no file of changes")
    }

    @Test("A driver that the source does not have, one without its file, and Binary= beside Build= are refused")
    func settings() throws {
        let project = try Toy.project(["drivers/net/ice/meson.build": ""])
        // The name is refused before anything is compiled.
        let unbuilt = try BuildHost(
            archiveOf: project, settings: "Drivers=net/typo", tools: try Toy.tools(ninja: "exec missing-program"))
        try expect(unbuilt, "build dpdk-a: the source has no driver net/typo", "correct Drivers=")
        let host = try BuildHost(archiveOf: project, settings: "Drivers=net/typo", tools: try Toy.tools())
        try expect(host, "build dpdk-a: the source has no driver net/typo", "correct Drivers=")
        let text = try host.tree.text("/etc/pvpgen/pvp.conf")
        try host.tree.write("/etc/pvpgen/pvp.conf", text.replacing("net/typo", with: "net/ice"))
        try expect(host, "build dpdk-a: not built for want of a library: net/ice")
        try host.tree.write(
            "/etc/pvpgen/pvp.conf", text.replacing("Drivers=net/typo", with: "[Testpmd]\nBuild=dpdk-a\nBinary=/x"))
        let check = try host.pvpgen("plan")
        #expect(check.error.contains("Build=dpdk-a and Binary= name a program each"), "\(check.error)")
    }

    @Test("A driver that its source has in the directory of the vendor is built and verified under its name")
    func driverThatMoved() throws {
        let project = try Toy.project(["drivers/net/intel/e1000/meson.build": ""])
        let settings = "Drivers=net/e1000"
        let without = try BuildHost(archiveOf: project, settings: settings, tools: try Toy.tools())
        try expect(without, "build dpdk-a: not built for want of a library: net/e1000")
        let library = "\(Toy.copy)\nmkdir -p drivers\ntouch drivers/librte_net_e1000.a"
        let host = try BuildHost(archiveOf: project, settings: settings, tools: try Toy.tools(ninja: library))
        let result = try host.build()
        #expect(result.status == 0, "\(result.error)")
        _ = try host.onlyResult()
    }

    @Test("A program that is missing has the reason in the message")
    func tools() throws {
        let host = try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools(ninja: "exec missing-program"))
        try expect(host, "compile ended with 127: ", "missing-program: not found")
        let plan = try #require(Plan.read(from: host.root).plan)
        let build = try #require(plan.builds.first)
        let inputs = try BuildInputs(build, of: plan, in: host.root)
        let empty = try Tree(["/etc/os-release": "ID=debian\n", "/usr/bin/gcc": ""])
        let problem = #expect(throws: Problem.self) {
            try MissingRequirements(build, inputs, nil, in: empty.root).check()
        }
        #expect(problem?.code == .buildTools && problem?.message.contains("program gcc") == false)
        #expect(problem?.message.hasPrefix("build dpdk-a: not found: program tar, program xz, ") == true)
        #expect(
            problem?.remedy.hasPrefix("run 'apt-get install ") == true && problem?.remedy.contains(" meson ") == true)
        try MissingRequirements(build, inputs, nil).check()
        let unknown = try host.run("compile", "dpdk-b")
        #expect(unknown.status == 1 && unknown.error.contains("build 'dpdk-b': no [Build] section"))
    }
}
