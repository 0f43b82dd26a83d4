import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing

/// A file with 20 mistakes: all of them in one run, each with its place and a remedy, none twice.
@Suite struct TwentyMistakesTests {
    @Test func allAreTold() throws {
        let host = try HostCase("45-twenty-mistakes")
        let problems = Plan.read(from: host.root).problems
        #expect(problems.count == 20)
        #expect(Set(problems.compactMap(\.location)).count == 20)
        for problem in problems {
            let lines = problem.rendered.split(separator: "\n")
            #expect(lines.count == 4, "\(problem.rendered)")
            #expect(lines.first?.hasPrefix("/etc/pvpgen/pvp.conf:") == true)
            #expect(lines.dropFirst(2).first?.trimmingPrefix { $0 == " " } == "^")
            #expect(!problem.remedy.isEmpty)
        }
    }
}
