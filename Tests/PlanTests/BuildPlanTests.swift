import Config
import Diagnostics
import HostTopology
import Testing
import Values

@testable import Plan

@Suite("Builds") struct BuildPlanTests {
    private static let sum = "sha256:" + String(repeating: "0", count: 64)
    private static let nics = "[NIC]\nPCIAddress=0000:81:00.0\n[NIC]\nPCIAddress=0000:81:00.1\n"

    private func read(_ text: String, links: [String: String] = [:]) throws -> (Plan, [Problem]) {
        let (config, mistakes) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))])
        let results = try links.mapValues { try #require(BuildResult($0)) }
        let (plan, problems) = Plan.make(config, on: PlannerTests.host, builds: results)
        return (plan, mistakes + problems)
    }

    @Test(
        "A section with a mistake is refused",
        arguments: [
            ("Name=x\nVersion=24.11\nChecksum=\(sum)", Problem.Code.buildProject),
            ("Name=dpdk-a", .buildSource),
            ("Name=dpdk-a\nVersion=24.11\nDirectory=/src\nChecksum=\(sum)", .buildSource),
            ("Name=dpdk-a\nGit=https://dpdk.org/git/dpdk", .buildSource),
            ("Name=dpdk-a\nRevision=" + String(repeating: "a", count: 40) + "\nDirectory=/src", .buildSource),
            ("Name=dpdk-a\nVersion=24.11", .buildChecksum), ("Name=dpdk-a\nFile=/srv/dpdk.tar", .buildChecksum),
            ("Name=dpdk-a\nVersion=19.11\nChecksum=\(sum)", .buildVersion),
            ("Name=qemu-a\nDirectory=/src\nDrivers=net/ice", .buildDrivers),
            ("Name=dpdk-a\nRevision=v24.11", .value), ("Name=dpdk-a\nDrivers=ice", .value),
            ("Name=dpdk-a\nInstructionSet=-O3", .value), ("Name=dpdk-a\nURL=ftp://a/b", .value),
        ])
    func refused(_ text: String, _ code: Problem.Code) throws {
        let (plan, problems) = try read("[Build]\n\(text)\n" + Self.nics)
        #expect(problems.map(\.code).contains(code))
        #expect(plan.builds.isEmpty)
    }

    @Test("The sources of a build")
    func sources() throws {
        let checksum = try #require(Checksum(Self.sum))
        let revision = String(repeating: "b", count: 40)
        let (plan, problems) = try read(
            """
            [Build]
            Name=dpdk-1
            Version=22.11.11
            [Build]
            Name=qemu-1
            Version=10.0.2
            Checksum=\(Self.sum)
            [Build]
            Name=dpdk-2
            Git=https://dpdk.org/git/dpdk
            Revision=\(revision)
            [Build]
            Name=mine
            Project=qemu
            Directory=/srv/qemu

            """ + Self.nics)
        #expect(!problems.hasError, "\(problems)")
        #expect(plan.builds.map(\.project) == [.dpdk, .qemu, .dpdk, .qemu])
        guard case .url("https://fast.dpdk.org/rel/dpdk-22.11.11.tar.xz", _) = plan.builds[0].source else {
            Issue.record("\(plan.builds[0].source)")
            return
        }
        #expect(plan.builds[1].source == .url("https://download.qemu.org/qemu-10.0.2.tar.xz", checksum))
        #expect(plan.builds[2].source == .git("https://dpdk.org/git/dpdk", revision: revision))
        #expect(plan.builds[3].source == .directory("/srv/qemu"))
    }

    @Test("A testpmd runs the program of its build, and nothing else of the plan depends on it")
    func testpmd() throws {
        let text = "[Testpmd]\nBuild=dpdk-1\n[Build]\nName=dpdk-1\nVersion=22.11.11\n" + Self.nics
        let (missing, problems) = try read(text)
        #expect(problems.filter { $0.severity == .error }.map(\.code) == [.buildMissing])
        var (built, none) = try read(text, links: ["dpdk-1": "/opt/pvpgen/builds/dpdk-22.11.11-0123abcd"])
        #expect(!none.hasError)
        #expect(built.testpmds[0].binary == "/opt/pvpgen/builds/dpdk-22.11.11-0123abcd/bin/dpdk-testpmd")
        #expect(built.builds[0].users == ["testpmd testpmd"])
        #expect(built.testpmds[0].release == ReleaseNumber("22.11.11"))
        built.testpmds[0].release = nil
        built.testpmds[0].options.binary = missing.testpmds[0].binary
        built.builds[0].result = nil
        #expect(built == missing)
    }

    @Test("A result that was imported needs no section")
    func imported() throws {
        let (plan, problems) = try read(
            "[Testpmd]\nBuild=fleet\n" + Self.nics, links: ["fleet": "/opt/pvpgen/builds/dpdk-24.11-0123abcd"])
        #expect(!problems.hasError)
        #expect(plan.testpmds[0].binary == "/opt/pvpgen/builds/dpdk-24.11-0123abcd/bin/dpdk-testpmd")
    }

    @Test(
        "A wrong Build= is refused",
        arguments: [
            ("[Testpmd]\nBuild=a", Problem.Code.buildUnknown),
            ("[Testpmd]\nBuild=dpdk-1\nBinary=/usr/bin/dpdk-testpmd", .buildConflict),
            ("[Testpmd]\nBuild=qemu-1", .buildProject),
        ])
    func wrongUse(_ text: String, _ code: Problem.Code) throws {
        let builds = "\n[Build]\nName=dpdk-1\nVersion=22.11.11\n[Build]\nName=qemu-1\nDirectory=/srv/qemu\n"
        let (_, problems) = try read(text + builds + Self.nics)
        #expect(problems.filter { $0.severity == .error }.map(\.code) == [code])
    }

    @Test("The name of a result says what it is")
    func names() throws {
        let result = try #require(BuildResult("/opt/pvpgen/builds/qemu-10.0.0-rc2-0123abcd"))
        #expect(result.project == .qemu)
        #expect("\(result.version)" == "10.0.0-rc2")
        #expect(result.program == "/opt/pvpgen/builds/qemu-10.0.0-rc2-0123abcd/bin/qemu-system-x86_64")
        for name in ["dpdk-24.11", "dpdk-24.11-0123abc", "dpdk-24.11-0123ABCD", "xen-1.2-0123abcd", "dpdk--0123abcd"] {
            #expect(BuildResult(name) == nil)
        }
    }
}
