import Config
import Foundation
import Glibc
import Linux
import Plan
import TestSupport
import Testing
import Units
import Values

@testable import Verification

@Suite("The command line of a testpmd that EAL has split in place")
struct EALArgumentsTests {
    /// The plan of a machine with two nodes.
    private static func plan() throws -> Plan {
        let host = try HostCase("18-two-chains")
        return try #require(Plan.read(from: host.root).plan)
    }

    /// `/proc/PID/cmdline` as arguments, with NULs for the commas of these options' values.
    private static func split(_ arguments: [String]) -> [String] {
        arguments.flatMap { $0.hasPrefix("--socket-") ? $0.split(separator: ",").map(String.init) : [$0] }
    }

    /// What is found wrong with the second testpmd's arguments.
    private func deviations(_ arguments: [String]) throws -> [String] {
        let plan = try Self.plan()
        var machine = Snapshot()
        machine.testpmds["testpmd-east"] = Snapshot.Process(id: 1, arguments: arguments, threads: [])
        return Verification(of: plan, on: machine).deviations.filter { $0.subject == "testpmd-east, arguments" }.map(
            \.found)
    }

    @Test("A testpmd on the second of two nodes has no deviation; another value of a split option is one, as a whole")
    func fixture() throws {
        let arguments = try #require(Self.plan().testpmds.last).arguments
        #expect(arguments.contains("--socket-mem=0,1024") && arguments.contains("--socket-limit=1,1024"))
        #expect(try deviations(Self.split(arguments)) == [])
        #expect(try deviations(arguments) == [])
        let other = arguments.map { $0 == "--socket-mem=0,1024" ? "--socket-mem=1024,0,7" : $0 }
        #expect(try deviations(Self.split(other)) == ["--socket-mem=1024,0,7"])
    }

    @Test("Arguments that were given by hand are no deviation, also where testpmd splits a value")
    func argumentsByHand() throws {
        var plan = try Self.plan()
        plan.testpmds[1].mbufSizes = [2176, 9216]
        plan.testpmds[1].ealArguments = ["--log-level=lib.eal:debug", "-n", "4"]
        plan.testpmds[1].extraArguments = ["--tx-ip=198.18.0.1,198.18.0.2", "--eth-peer=0,52:54:00:00:00:01", "4"]
        let arguments = plan.testpmds[1].arguments
        var machine = Snapshot()
        let split = Self.split(arguments).flatMap {
            $0.hasPrefix("--tx-ip=") ? $0.split(separator: ",").map(String.init) : [$0]
        }
        #expect(split.count == arguments.count + 3)
        machine.testpmds["testpmd-east"] = Snapshot.Process(id: 1, arguments: split, threads: [])
        let findings = Verification(of: plan, on: machine).deviations.filter { $0.subject == "testpmd-east, arguments" }
        #expect(findings.isEmpty, "\(findings)")
        plan.testpmds[1].extraArguments.removeLast()
        let other = Verification(of: plan, on: machine).deviations.filter { $0.subject == "testpmd-east, arguments" }
        #expect(other.count == 1)
    }

    @Test("The command line of the installed testpmd is what it was started with")
    func installed() throws {
        // --legacy-mem is refused beside --in-memory, so that this testpmd needs no hugepages.
        let options = [
            "--lcores", "0@0,1@0", "--main-lcore=0", "--in-memory", "--file-prefix=split", "--socket-mem=0,1024",
            "--socket-limit=1,1024",
            "-a", "0000:00:1f.7", "--vdev=net_null0,copy=1", "--vdev=net_null1,copy=1", "--legacy-mem", "--", "-i",
            "--portlist=0,1",
        ]
        let process = Process()
        process.executableURL = URL(filePath: try #require(Command.find("dpdk-testpmd")))
        process.arguments = options
        // It waits in its output, because the pipe is full: its command line can be read for as
        // long as that takes.
        let output = Pipe()
        let size = fcntl(output.fileHandleForWriting.fileDescriptor, 1031 /* F_SETPIPE_SZ */, 4096)
        try output.fileHandleForWriting.write(contentsOf: Data(count: Int(size)))
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let end = MonotonicClock.now + 60_000
        var found: [String] = []
        while !found.contains("--socket-limit=1"), MonotonicClock.now < end {
            usleep(10_000)
            found = Root.machine.commandLine(ofProcess: Int(process.processIdentifier)) ?? []
        }
        #expect(found.contains("1024"), "EAL has split it: \(found)")
        #expect(Array(EALArguments.joined(found, as: []).dropFirst()) == options)
    }
}
