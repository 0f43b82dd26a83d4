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

@Suite("Whether a result runs on a host") struct BuildCheckTests {
    private static func record(
        libraries: [String] = ["libc.so.6"], features: [String] = ["sse4_2"]
    ) throws -> BuildRecord {
        let inputs = BuildInputs(
            project: "dpdk", source: "sha256:00", patches: [], options: [], instructionSet: "x86-64-v3", drivers: [],
            libraries: [], compiler: "cc 12")
        return BuildRecord(
            name: "dpdk-a", project: .dpdk, version: try #require(ReleaseNumber("24.11.1")), inputs: inputs,
            checksum: "00", buildID: nil, libraries: libraries, features: features, seconds: 1, system: "x",
            builder: "1")
    }

    private let tree: Tree

    init() throws {
        tree = try Tree(["/usr/lib64/libc.so.6": "", "/proc/cpuinfo": "flags\t\t: fpu sse4_2\n"])
    }

    @Test("Libraries that are gone, and features that the CPU lacks, are errors")
    func record() throws {
        let check = BuildCheck(tree.root)
        #expect(check.problems(of: try Self.record()) == [])
        let name = try Self.record().result.name
        let gone = check.problems(of: try Self.record(libraries: ["libc.so.6", "libgone.so.7"]))
        #expect(gone.map(\.message) == ["\(name): not found: libgone.so.7"])
        #expect(gone[0].code == .buildLibraries && gone[0].remedy.contains("run 'pvpgen build dpdk-a'"))
        try tree.write("/etc/ld.so.conf.d/vendor.conf", "# vendor\n/opt/vendor/lib\n")
        try tree.write("/opt/vendor/lib/libgone.so.7", "")
        #expect(check.problems(of: try Self.record(libraries: ["libgone.so.7"])) == [])
        let lacking = check.problems(of: try Self.record(features: ["avx2", "sse4_2"]))
        #expect(
            lacking.map(\.message) == ["\(name): built for InstructionSet=x86-64-v3, this CPU lacks avx2"]
                && lacking[0].code == .buildInstructionSet)
    }

    @Test("The results that the plan uses are checked, also one whose record cannot be read")
    func plan() throws {
        let host = try HostCase("01-example")
        let text = try host.tree.text("/etc/pvpgen/pvp.conf") + "\n[Testpmd]\nBuild=dpdk-a\n"
        try host.tree.write("/etc/pvpgen/pvp.conf", text)
        let record = try Self.record(libraries: ["libgone.so.7"], features: [])
        try host.tree.link("/etc/pvpgen/builds/dpdk-a", record.result.path)
        try host.tree.write("\(record.result.path)/build.json", record.json.text)
        let plan = try #require(Plan.read(from: host.root).plan)
        #expect(BuildCheck(host.root).problems(of: plan).map(\.code) == [.buildLibraries])
        try host.tree.write("\(record.result.path)/build.json", "{}")
        let unreadable = BuildCheck(host.root).problems(of: plan)
        #expect(
            unreadable.map(\.message) == ["\(record.result.path)/build.json: cannot be read"]
                && unreadable[0].remedy.contains("run 'pvpgen build remove \(record.result.name)'"))
        let check = try Program(name: "pvpgen").run(["check", "--root=\(host.tree.path)"])
        #expect(check.error.contains("build.json: cannot be read"), "\(check.error)")
    }
}
