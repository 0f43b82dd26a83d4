import Config
import HostActions
import Linux
import Plan
import TestSupport
import Testing
import Units

@testable import Verification

@Suite("Processes that do not run the program in their file")
struct ProgramTests {
    private let host: HostCase
    private let plan: Plan

    init() throws {
        host = try HostCase("01-example")
        plan = try #require(Plan.read(from: host.root).plan)
        let testpmd = try #require(plan.testpmds.first)
        for (path, program) in [(testpmd.binary, "/usr/bin/true"), ("/old/testpmd", "/usr/bin/false")] {
            try host.root.makeDirectory(Root.parent(path))
            try host.root.replace(path, with: Root.machine.bytes(program))
        }
        try host.tree.write("/proc/50/cmdline", testpmd.arguments.joined(separator: "\0") + "\0")
    }

    private func findings(_ program: String) throws -> [Finding] {
        try host.tree.link("/proc/50/exe", program)
        let snapshot = Snapshot(of: host.root, for: plan)
        return Verification(of: plan, on: snapshot).findings.filter { $0.subject == "testpmd, program" }
    }

    @Test("The program in the file is as planned; another build is a deviation with both build IDs")
    func testpmd() throws {
        let binary = try #require(plan.testpmds.first).binary
        let same = try #require(try findings(binary).first)
        #expect(same.expected == same.found && same.expected.hasPrefix("\(binary), build ID "))
        let other = try #require(try findings("/old/testpmd").first)
        let old = ProgramIdentity(file: "/usr/bin/false", in: .machine).buildIDText
        #expect(other.expected == same.expected && other.found == "/old/testpmd, \(old)")
        #expect(other.remedy.contains("restart"), "\(other.remedy)")
    }

    @Test("The same path with another build ID is a deviation")
    func replaced() throws {
        let testpmd = try #require(plan.testpmds.first)
        var snapshot = Snapshot(of: host.root, for: plan)
        let file = ProgramIdentity(path: testpmd.binary, buildID: "22")
        snapshot.testpmds["testpmd"]?.programs = Snapshot.Programs(
            file: file, running: ProgramIdentity(path: testpmd.binary, buildID: "11"))
        let found = Verification(of: plan, on: snapshot).deviations.filter { $0.subject == "testpmd, program" }
        #expect(found.map(\.found) == ["\(testpmd.binary), build ID 11"])
        snapshot.testpmds["testpmd"]?.programs = nil
        #expect(!Verification(of: plan, on: snapshot).findings.contains { $0.subject == "testpmd, program" })
    }
}
