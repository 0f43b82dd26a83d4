import Config
import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import Units

@testable import HostCheck

@Suite("The installed testpmd parses its arguments before a boot does")
struct TestpmdArgumentsTests {
    private static func testpmd() throws -> TestpmdPlan {
        let host = try HostCase("01-example")
        return try #require(Plan.read(from: host.root).plan?.testpmds.first)
    }

    private func check(_ change: (inout TestpmdPlan) -> Void) throws -> [Problem] {
        let host = try HostCase("01-example")
        var plan = try #require(Plan.read(from: host.root).plan)
        change(&plan.testpmds[0])
        return HostCheck(plan: plan, root: .machine).testpmdArguments
    }

    @Test(
        "A wrong one is an error with the words of testpmd or EAL",
        arguments: [
            ([], ["--mbcahce=128"], "unrecognized option '--mbcahce=128'"),
            ([], ["--mbcache=1000"], "mbcache must be >= 0 and <= 512"),
            ([], ["--no-numa=1"], "option '--no-numa' doesn't allow an argument"),
            ([], ["mbcache=128"], "Command line is incorrect"),
            ([], ["--eth-peer=1"], "Invalid eth-peer: 1"), ([], ["--mbcache"], "the last argument requires a value"),
            (["--iova-mode=xx"], [], "invalid parameters for --iova-mode"),
            (["--foo"], [], "unrecognized option '--foo'"),
            (["-n", "0"], ["--mbcache=128"], "invalid channel number"),
            (["-d", "/nonexistent.so"], [], "/nonexistent.so"),
        ])
    func refused(_ eal: [String], _ extra: [String], _ reason: String) throws {
        let problems = try check {
            $0.ealArguments = eal
            $0.extraArguments = extra
        }
        #expect(problems.map(\.code) == [.argumentsRefused] && problems.first?.severity == .error)
        #expect(problems.first?.message.contains(reason) == true, "\(problems)")
    }

    @Test(
        "A right one is accepted, those that need hugepages too",
        arguments: [
            ([], ["--mbcache=128", "--tx-ip=198.18.0.1,198.18.0.2", "--rxfreet", "32"]),
            (["-n", "4", "--iova-mode=va"], []),
            (["--huge-worker-stack=64", "--match-allocations", "--log-level=lib.eal:debug"], ["--no-lsc-interrupt"]),
            ([], []),
        ])
    func accepted(_ eal: [String], _ extra: [String]) throws {
        let problems = try check {
            $0.ealArguments = eal
            $0.extraArguments = extra
        }
        #expect(problems == [])
    }

    @Test("What is written for the settings of [Testpmd] is accepted")
    func settings() throws {
        var testpmd = try Self.testpmd()
        let before = Set(testpmd.arguments)
        testpmd.burstSize = 64
        testpmd.mbufCount = 4096
        testpmd.mbufSizes = [2176, 4096]
        testpmd.rss = .udp
        let written = testpmd.arguments.filter { !before.contains($0) }
        #expect(written == ["--burst=64", "--total-num-mbufs=4096", "--mbuf-size=2176,4096", "--rss-udp"])
        #expect(try check { $0.extraArguments = written } == [])
        #expect(try check { $0.extraArguments = ["--burst=513"] }.map(\.code) == [.argumentsRefused])
    }

    @Test("It leaves no file of EAL, and no program is run without an argument to check")
    func files() throws {
        let before = Set((try? Root.machine.list("/run/dpdk")) ?? [])
        _ = try check { $0.extraArguments = ["--mbcache=128"] }
        #expect(!Set((try? Root.machine.list("/run/dpdk")) ?? []).subtracting(before).contains("pvp-check"))
        let tree = try Tree(["/testpmd": "#!/bin/sh\nexit 1\n"])
        chmod(tree.root.path("/testpmd"), 0o755)
        #expect(try check { $0.binary = tree.root.path("/testpmd") } == [])
    }

    @Test("A program that refuses every command line is a warning")
    func unchecked() throws {
        let tree = try Tree(["/testpmd": "#!/bin/sh\necho no hugepages >&2\nexit 1\n"])
        chmod(tree.root.path("/testpmd"), 0o755)
        let problems = try check {
            $0.binary = tree.root.path("/testpmd")
            $0.extraArguments = ["--mbcache=128"]
        }
        #expect(problems.map(\.code) == [.argumentsUnchecked] && problems.first?.severity == .warning)
        #expect(problems.first?.message.hasSuffix(": no hugepages") == true, "\(problems)")
    }

    @Test("A program that does not exist is another check's, and a tree has no programs that run")
    func others() throws {
        #expect(
            try check {
                $0.binary = "/nonexistent"
                $0.extraArguments = ["--foo"]
            } == [])
        let host = try HostCase("01-example")
        var plan = try #require(Plan.read(from: host.root).plan)
        plan.testpmds[0].extraArguments = ["--foo"]
        #expect(HostCheck(plan: plan, root: host.root).testpmdArguments == [])
    }
}
