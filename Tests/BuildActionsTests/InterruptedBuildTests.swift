import Builds
import Config
import Diagnostics
import Foundation
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// Builds that are killed, run out of space, or run at the same time.
@Suite("Interrupted builds", OnOwnThreads()) struct InterruptedBuildTests {
    private static func host(ninja: String = Toy.copy) throws -> BuildHost {
        try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools(ninja: ninja))
    }

    private func command(_ host: BuildHost, _ phase: String, under: [String]) throws -> Command {
        let path = "PATH=\((host.tools?.path).map { $0 + ":" } ?? "")/usr/bin:/bin"
        let program = try Program.path("pvp-build")
        return Command(["env", path] + under + [program, phase, "dpdk-a", "--root=\(host.tree.path)"])
    }

    /// Kills a phase before the n-th of a system call, until there are no more, and expects that
    /// the next run completes. Returns the number of kills.
    private func kill(_ phase: String, of host: BuildHost, at call: String, step: Int = 1) throws -> Int {
        var kills = 0
        for number in stride(from: 1, to: 400, by: step) {
            let copy = try BuildHost(copyOf: host)
            let fault = ["-e", "trace=\(call)", "-e", "inject=\(call):signal=KILL:when=\(number)"]
            let status = try command(copy, phase, under: ["strace", "-qq", "-o", "/dev/null"] + fault).run().status
            _ = try copy.results()
            if status == 0 { break }
            kills += 1
            #expect(status == 128 + SIGKILL)
            for link in BuildStore(copy.root).links { #expect(copy.root.exists(link.target.program)) }
            let next = try copy.build()
            #expect(next.status == 0, "\(call) \(number): \(next.error)")
            _ = try copy.onlyResult()
        }
        return kills
    }

    @Test(
        "Publication that is killed leaves a whole result or none, and the next run completes",
        arguments: [("renameat", 1, 3), ("symlinkat", 1, 1), ("fchmod", 1, 2), ("write", 1, 3), ("unlinkat", 4, 2)])
    func publication(_ call: String, _ step: Int, _ least: Int) throws {
        let host = try Self.host()
        #expect(try host.run("compile").status == 0)
        #expect(try kill("publish", of: host, at: call, step: step) >= least)
    }

    @Test("A compilation that is killed leaves no result, and the next run completes")
    func compilation() throws {
        #expect(try kill("compile", of: try Self.host(), at: "renameat") >= 2)
        let slow = try Self.host(ninja: "echo part > app/dpdk-testpmd; echo '[1/2] x'; sleep 20")
        let killed = try command(slow, "compile", under: ["timeout", "--signal=KILL", "1"]).run()
        #expect(killed.status == 128 + SIGKILL && slow.root.exists("\(BuildPaths("dpdk-a").build)"))
        #expect(try slow.run("publish").status == 1)
        slow.expectNothing()
        let tools = try #require(slow.tools)
        try tools.write("/ninja", "#!/bin/sh\nmkdir -p app\n\(Toy.copy)\n")
        try tools.root.setMode("/ninja", 0o755)
        #expect(try slow.build().status == 0)
        _ = try slow.onlyResult()
    }

    @Test("A download that is killed is completed by the next run")
    func download() throws {
        let served = try Tree()
        let project = try Toy.project()
        let noise = "head -c 100000 /dev/urandom > \(project.path)/dpdk-24.11.1/noise"
        #expect(try Command(["sh", "-c", noise]).run().status == 0)
        try Toy.archive(project, to: served.path + "/dpdk.tar.xz")
        let slow = try ImageServer(served, ["--pause-after=50000"])
        let sum = "sha256:\(try served.root.sha256("/dpdk.tar.xz"))"
        let host = try BuildHost("URL=\(slow.url("/dpdk.tar.xz"))\nChecksum=\(sum)", tools: try Toy.tools())
        #expect(try command(host, "source", under: ["timeout", "--signal=KILL", "2"]).run().status == 128 + SIGKILL)
        let file = "\(BuildHost.sources)/\(sum.dropFirst(7))"
        #expect(!host.root.exists(file) && host.root.exists(file + ".part"))
        #expect(try host.run("compile").error.contains("not fetched"))
        let server = try ImageServer(served)
        try host.configure("URL=\(server.url("/dpdk.tar.xz"))\nChecksum=\(sum)")
        #expect(try host.build().status == 0)
        #expect(server.requests.map(\.status) == [206])
        _ = try host.onlyResult()
    }

    /// Runs a phase on a file system of so many KiB at a directory, where it fails, and again after
    /// that was enlarged.
    private func full(_ phase: String, of host: BuildHost, at directory: String, _ size: Int) throws -> String {
        let place = host.root.path(directory)
        try host.root.makeDirectory(directory)
        let run = try command(host, phase, under: []).arguments.joined(separator: " ")
        let keep = "cp -a \(place) \(place).kept"
        let script = """
            \(keep) && mount -t tmpfs -o size=\(size)k none \(place) && cp -a \(place).kept/. \(place) && ! \(run) && \
            find \(place) -mindepth 1 -name build.json -o -name '.partial*' && mount -o remount,size=64m \(place) && \
            \(run) && echo complete && cp -a \(place)/. \(place).kept && umount \(place) && \
            cp -a \(place).kept/. \(place) && rm -rf \(place).kept
            """
        let result = try Command(["unshare", "--map-root-user", "--mount", "sh", "-c", script]).run()
        #expect(result.status == 0 && result.output.contains("complete\n"), "\(result.output)")
        #expect(!result.output.contains("\n\(place)/"), "\(result.output)")
        return result.output
    }

    @Test("A full disk in each phase is reported as such, and the next run completes")
    func fullDisk() throws {
        let served = try Tree()
        let project = try Toy.project()
        let noise = "head -c 100000 /dev/urandom > \(project.path)/dpdk-24.11.1/noise"
        #expect(try Command(["sh", "-c", noise]).run().status == 0)
        try Toy.archive(project, to: served.path + "/dpdk.tar.xz")
        let server = try ImageServer(served)
        let sum = "sha256:\(try served.root.sha256("/dpdk.tar.xz"))"
        let host = try BuildHost(
            "URL=\(server.url("/dpdk.tar.xz"))\nChecksum=\(sum)", tools: try Toy.tools())
        #expect(try full("source", of: host, at: BuildHost.sources, 60).contains("no space left in"))
        // Enough for the archive, then for the source, then for the program, but not for its copy.
        for size in [150, 250, 280] {
            let copy = try BuildHost(copyOf: host)
            let output = try full("compile", of: copy, at: BuildPaths.cache, size)
            #expect(output.contains("o space left"), "\(size): \(output)")
        }
        #expect(try host.run("compile").status == 0)
        let output = try full("publish", of: host, at: "/opt/pvpgen/builds", 20)
        #expect(output.contains("write: No space left on device; free space in /opt/pvpgen/builds"), "\(output)")
    }

    /// Runs two builds at the same time to their ends.
    private func both(_ host: BuildHost, _ names: [String]) async throws -> [Program.Result] {
        try await withThrowingTaskGroup(of: Program.Result.self) { group in
            for name in names { group.addTask { try host.build(name) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("Two runs of one build at the same time compile once, and both end well")
    func oneName() async throws {
        let host = try Self.host(ninja: "sleep 0.3; echo x >> ../../../compiled; \(Toy.copy)")
        for result in try await both(host, ["dpdk-a", "dpdk-a"]) { #expect(result.status == 0, "\(result.error)") }
        _ = try host.onlyResult()
        #expect(try host.tree.text("/var/cache/pvpgen/compiled") == "x")
    }

    @Test("What was compiled and not published, for want of space there, is not compiled again")
    func staged() throws {
        let host = try Self.host(ninja: "echo x >> ../../../compiled; \(Toy.copy)")
        for _ in 0..<2 { #expect(try host.run("compile").status == 0) }
        #expect(try host.tree.text("/var/cache/pvpgen/compiled") == "x")
        // A part of a program is no program.
        try host.tree.write("\(BuildPaths("dpdk-a").result)/bin/dpdk-testpmd", "part")
        #expect(try host.build().status == 0)
        #expect(try host.tree.text("/var/cache/pvpgen/compiled") == "x\nx")
        _ = try host.onlyResult()
    }

    @Test("Two builds at the same time compile one after the other; with the same inputs they share the result")
    func twoNames() async throws {
        let alone = "mkdir ../../../compiling || exit 9; sleep 0.3; rmdir ../../../compiling; \(Toy.copy)"
        let host = try Self.host(ninja: alone)
        let first = try host.tree.text("/etc/pvpgen/pvp.conf")
        let second = first.replacing("dpdk-a", with: "dpdk-b")
        try host.tree.write("/etc/pvpgen/pvp.conf", "\(first)\n\(second)\n")
        for result in try await both(host, ["dpdk-a", "dpdk-b"]) { #expect(result.status == 0, "\(result.error)") }
        #expect(try host.results().map(\.names) == [["dpdk-a", "dpdk-b"]])
        try host.tree.write("/etc/pvpgen/pvp.conf", "\(first)\n\(second)\nOption=-Dtests=true\n")
        for result in try await both(host, ["dpdk-a", "dpdk-b"]) { #expect(result.status == 0, "\(result.error)") }
        #expect(try host.results().map(\.names).sorted { $0[0] < $1[0] } == [["dpdk-a"], ["dpdk-b"]])
    }
}
