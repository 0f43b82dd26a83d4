import Glibc
import LabTools
import Linux
import Nspawn
import Testing

extension NspawnTests {
    /// `pvpgen build` with the units, the user and the sandbox that an installation has.
    @Suite("Builds under a real systemd", .serialized, .buildContainer) struct Builds {}
}

extension NspawnTests.Builds {
    private static let name = "dpdk-toy"
    private static let source = "pvp-source@\(name).service"
    private static let unit = "pvp-build@\(name).service"
    private static let testpmd = "/etc/pvpgen/builds/\(name)/bin/dpdk-testpmd"

    /// The container with nothing built, and a configuration of one build.
    private func container(_ settings: String = "", server: String = "") throws -> (
        Container, ToyProject, Container.JournalMark
    ) {
        let container = try ContainerScope.container()
        _ = try container.attempt(["systemctl", "stop", "pvp-build@*", "pvp-source@*"], within: Limit.unit)
        try container.run(["rm", "-rf", "/opt/pvpgen", "/etc/pvpgen/builds", "/var/cache/pvpgen", "/srv/source"])
        let project = try ToyProject(in: container)
        try container.serve(ToyProject.directory, server)
        try configure(container, project.section(Self.name, settings))
        return (container, project, try container.journalMark())
    }

    private func configure(_ container: Container, _ text: String) throws {
        try container.files.replace(Container.configurationFile, with: Array(text.utf8))
        try container.run(["systemctl", "daemon-reload"])
        try container.run(["systemctl", "reset-failed"])
    }

    private func build(_ container: Container, _ arguments: String...) throws -> Tool.Result {
        try container.attempt(["pvpgen", "build"] + arguments, within: Limit.unit)
    }

    private func results(_ container: Container) -> [String] { (try? container.files.list("/opt/pvpgen/builds")) ?? [] }

    @Test("pvpgen build fetches over broken connections, compiles in a sandbox and publishes; then has nothing to do")
    func buildsOnce() throws {
        let (container, _, mark) = try container(server: "--cut-each=100000")
        let first = try build(container)
        let story = "\(first.output)\n\(container.story(since: mark))"
        #expect(first.status == 0, "\(story)")
        #expect(first.output.contains("\(Self.name): Compile ["), "\(story)")
        let path = try #require(
            first.output.lines.first { $0.hasPrefix("\(Self.name): /opt/pvpgen/builds/dpdk-24.11.1-") }, "\(story)")
        #expect(try container.requests().filter { $0.range.hasPrefix("bytes=") }.count >= 3)
        #expect(try container.run([Self.testpmd]) == "toy testpmd\n")
        #expect(try container.run(["stat", "--format=%U:%G %a", Self.testpmd]) == "root:root 755\n")
        #expect(results(container) == ["\(path.split(separator: "/").last ?? "")"])
        // Nothing of the build is left but its source.
        #expect(!container.files.exists("/var/cache/pvpgen/builds/\(Self.name)"))

        let began = MonotonicClock.now
        let second = try build(container)
        #expect(second.status == 0 && second.output.contains("\(path): nothing to do"), "\(second.output)")
        #expect(MonotonicClock.now - began < 2000)
        #expect(try build(container, "list").output.contains("dpdk-24.11.1-"))
    }

    @Test("the compiler has neither a network nor a place to write to, and its output is in pvpgen build log")
    func compilesInASandbox() throws {
        let (container, _, mark) = try container()
        let result = try build(container)
        #expect(result.status == 0, "\(result.output)\n\(container.story(since: mark))")
        let log = try build(container, "log", Self.name).output
        let line = String(try #require(log.lines.last { $0.contains("sandbox: ") }, "\(log)"))
        let user = try container.run(["id", "-u", "pvp-build"]).split(separator: "\n")[0]
        #expect(
            line.hasSuffix(
                "sandbox: user \(user), connection: OSError, process 1: FileNotFoundError, file in /etc: OSError, "
                    + "file in /opt: OSError, file in /usr: OSError"), "\(line)")
        for unit in [Self.source, Self.unit] {
            let properties = try container.properties(of: unit)
            #expect(properties["User"] == "pvp-build" && properties["Result"] == "success", "\(unit)")
            #expect(properties["PrivateNetwork"] == (unit == Self.unit ? "yes" : "no"), "\(unit)")
        }
        let verify = ["systemd-analyze", "verify", "--recursive-errors=one", "--man=no", Self.source, Self.unit]
        let verified = try container.attempt(verify)
        #expect(verified.status == 0 && !verified.output.contains("pvp-"), "\(verified.output)")
    }

    @Test("a repository of another user on this host is fetched, and a commit of it built")
    func builtFromARepository() throws {
        let (container, _, mark) = try container()
        let script = """
            set -eu
            cd /srv/source/dpdk-24.11.1
            git init --quiet
            git add .
            git -c user.name=x -c user.email=x@example.com commit --quiet --message=x
            git rev-parse HEAD
            """
        let commit = try container.run(["sh", "-c", script]).lines.last ?? ""
        try configure(
            container, "[Build]\nName=\(Self.name)\nGit=/srv/source/dpdk-24.11.1\nRevision=\(commit)\n")
        let result = try build(container)
        #expect(result.status == 0, "\(result.output)\n\(container.story(since: mark))")
        #expect(try container.run([Self.testpmd]) == "toy testpmd\n")
    }

    @Test("a compiler error is reported with its last lines, and leaves no result")
    func compilerError() throws {
        let (container, project, mark) = try container("Patch=\(ToyProject.brokenPatch)\n")
        let result = try build(container)
        let story = "\(result.output)\n\(container.story(since: mark))"
        #expect(result.status == 1, "\(story)")
        #expect(result.output.contains("'undeclared' undeclared"), "\(story)")
        #expect(result.output.contains("run 'pvpgen build log \(Self.name)'"), "\(story)")
        let log = try build(container, "log", Self.name).output
        #expect(log.contains("'undeclared' undeclared") && !log.contains("\u{1b}"), "\(log)")
        #expect(results(container) == [])
        try configure(container, project.section(Self.name))
        #expect(try build(container).status == 0)
    }

    @Test("a build that is killed in any phase leaves no result, and the next run completes")
    func killed() throws {
        let (container, _, _) = try container("Option=-Dpause=1\n", server: "--pause-after=200000")
        try kill(container, Self.source) { _ in
            ((try? container.files.list("/var/cache/pvpgen/builds/sources")) ?? []).count > 1
        }
        try container.serve(ToyProject.directory)
        try kill(container, Self.unit) { $0["StatusText"]?.contains("Compile [") == true }
        // A client that goes away leaves the build running; the next one follows it.
        let left = try container.attempt(
            ["timeout", "--preserve-status", "--signal=INT", "2", "pvpgen", "build"], within: Limit.unit)
        #expect(left.status != 0, "\(left.output)")
        #expect(try container.properties(of: Self.unit)["ActiveState"] == "activating")
        let followed = try build(container)
        #expect(followed.status == 0 && followed.output.contains("/opt/pvpgen/builds/"), "\(followed.output)")
        #expect(try container.run([Self.testpmd]) == "toy testpmd\n")
        #expect(results(container).count == 1)
    }

    /// Starts the build, and kills the processes of one of its units once a condition is met.
    private func kill(_ container: Container, _ unit: String, when isReached: ([String: String]) -> Bool) throws {
        try container.run(["systemd-run", "--unit=client", "--collect", "--quiet", "pvpgen", "build"])
        try container.wait(for: unit, to: "be at work") { $0["ActiveState"] == "activating" && isReached($0) }
        try container.run(["systemctl", "kill", "--signal=KILL", unit])
        try container.wait(for: unit, to: "fail") { $0["ActiveState"] == "failed" }
        try container.wait(for: "client.service", to: "end") { $0["ActiveState"] != "active" }
        #expect(results(container) == [])
    }

    @Test("a full disk in any phase is reported and leaves no result; the next run completes")
    func fullDisk() throws {
        let (container, _, mark) = try container()
        let cache = "/var/cache/pvpgen/builds"
        let phases = [("source", cache, 200), ("compile", cache, 700), ("publish", "/opt/pvpgen", 8)]
        for (phase, directory, size) in phases {
            try container.run(["mkdir", "-p", directory])
            try container.run(["mount", "-t", "tmpfs", "-o", "size=\(size)k,mode=755", "tmpfs", directory])
            let result = try build(container)
            let results = results(container).filter { !$0.hasPrefix(".") }
            try container.run(["umount", directory])
            let story = "\(phase): \(result.output)\n\(container.story(since: mark))"
            #expect(result.status == 1 && result.output.lowercased().contains("no space left"), "\(story)")
            #expect(results == [], "\(phase)")
        }
        let result = try build(container)
        #expect(result.status == 0, "\(result.output)")
        #expect(try container.run([Self.testpmd]) == "toy testpmd\n")
    }

    /// The second of the others has no compiler.
    @Test("a result that is exported has the same hash on two other hosts and runs; uninstall --purge removes it")
    func exportedAndImported() throws {
        let (container, _, mark) = try container()
        let result = try build(container)
        #expect(result.status == 0, "\(result.output)\n\(container.story(since: mark))")
        try container.run(["sh", "-c", "pvpgen build export \(Self.name) > /srv/toy.tar.gz"])
        for system in [ContainerRoot.builds, .units] {
            let other = try Container(on: system, Progress())
            defer { other.end() }
            try Tool.run(["cp", container.files.path("/srv/toy.tar.gz"), other.files.path("/srv/toy.tar.gz")])
            try other.run(["rm", "-f", Container.configurationFile])
            #expect(try other.run(["pvpgen", "build", "import", "/srv/toy.tar.gz"]).contains("/opt/pvpgen/builds/"))
            #expect(results(other) == results(container) && results(other).count == 1)
            #expect(try other.run([Self.testpmd]) == "toy testpmd\n")
            // The same archive again, byte for byte.
            try other.run(["sh", "-c", "pvpgen build export \(Self.name) | cmp - /srv/toy.tar.gz"])
            let purged = try other.run(["pvpgen", "uninstall", "--purge"])
            #expect(purged.contains("/opt/pvpgen: removed"), "\(purged)")
            for path in ["/opt/pvpgen", "/etc/pvpgen/builds", "/var/cache/pvpgen"] {
                #expect(!other.files.exists(path), "\(path)")
            }
        }
    }
}
