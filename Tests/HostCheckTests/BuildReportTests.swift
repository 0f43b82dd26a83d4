import Builds
import Config
import HostActions
import JSON
import Linux
import Plan
import Reports
import TestSupport
import Testing
import Values

@testable import HostCheck

@Suite("The build of a process in a report")
struct BuildReportTests {
    private let host: HostCase
    private let record: BuildRecord

    init() throws {
        host = try HostCase("01-example")
        let config = "/etc/pvpgen/pvp.conf"
        try host.tree.write(config, host.tree.text(config) + "\n[Testpmd]\nBuild=dpdk-a\n")
        let inputs = BuildInputs(
            project: "dpdk", source: "sha256:00", patches: ["11"], options: [], instructionSet: "generic", drivers: [],
            libraries: [], compiler: "cc 12")
        record = BuildRecord(
            name: "dpdk-a", project: .dpdk, version: try #require(ReleaseNumber("24.11.1")), inputs: inputs,
            checksum: "00", buildID: ProgramIdentity(file: "/usr/bin/true", in: .machine).buildID, libraries: [],
            features: [], seconds: 1, system: "x", builder: "1")
    }

    /// The field of the testpmd.
    private func field() throws -> String? {
        let plan = try #require(Plan.read(from: host.root).plan)
        return HostReport(plan: plan, root: host.root, notes: [], version: "1").software.first {
            $0.name == "Build (testpmd)"
        }?.value
    }

    private func add(_ program: String) throws {
        try host.tree.link("/etc/pvpgen/builds/dpdk-a", record.result.path)
        try host.tree.write("\(record.result.path)/build.json", record.json.text)
        try host.root.makeDirectory("\(record.result.path)/bin")
        try host.root.replace(record.result.program, with: Root.machine.bytes(program))
    }

    @Test("A build that is missing, built, running, and replaced behind the process")
    func testpmd() throws {
        #expect(try field() == "dpdk-a, not built")
        try add("/usr/bin/true")
        let summary = "DPDK 24.11.1 (build \(record.result.name), cc 12, generic, 1 patch)"
        let id = try #require(record.buildID)
        #expect(try field() == "\(summary), build ID \(id)")
        // The process still runs the program of the distribution.
        try host.tree.write("/proc/50/cmdline", "/usr/bin/dpdk-testpmd\0-l\01\0--file-prefix=testpmd\0")
        try host.tree.link("/proc/50/exe", "/usr/bin/dpdk-testpmd")
        #expect(try field() == "/usr/bin/dpdk-testpmd, no build ID")
        try host.tree.link("/proc/50/exe", record.result.program)
        #expect(try field() == "\(summary), build ID \(id)")
        try add("/usr/bin/false")
        #expect(try field()?.hasSuffix("which is not \(record.result.name)") == true)
    }
}
