import Foundation
import Linux
import TestSupport
import Testing

/// Warnings of the configuration: in full by the verbs that are about it, in one line by the
/// others.
@Suite struct WarningsTests {
    /// A configuration with the given number of warnings, and no error.
    private static func machine(warnings: Int) throws -> Tree {
        let host = try HostCase("03-by-hand")
        let problems = try ShowTests.run(["plan"], host.tree).error
        try #require(
            problems.components(separatedBy: "warning:").count > 2 && !problems.contains("error:"), "\(problems)")
        if warnings == 1 {
            let text = try host.tree.text("/etc/pvpgen/pvp.conf")
            try host.tree.write(
                "/etc/pvpgen/pvp.conf", text.replacingOccurrences(of: "RingSize=256", with: "RingSize=1024"))
        }
        return host.tree
    }

    private static func warnings(_ result: Program.Result) -> [Substring] {
        result.error.split(separator: "\n").filter { $0.contains("warning:") }
    }

    @Test("verbs about the configuration print each warning", arguments: [["check"], ["plan"], ["generate"]])
    func full(_ arguments: [String]) throws {
        let lines = try Self.warnings(ShowTests.run(arguments, Self.machine(warnings: 2)))
        #expect(lines.count { $0.hasPrefix("/etc/pvpgen/pvp.conf:") } == 2, "\(lines)")
    }

    static let others = [
        ["status"], ["verify"], ["diff"], ["report"], ["cat", "testpmd.service"], ["top", "--once"], ["metrics"],
    ]

    @Test("other verbs print the number of warnings", arguments: others)
    func counted(_ arguments: [String]) throws {
        #expect(
            try Self.warnings(ShowTests.run(arguments, Self.machine(warnings: 2))) == [
                "warning: the configuration has 2 warnings; run 'pvpgen check'"
            ])
    }

    @Test func oneWarningIsCountedInTheSingular() throws {
        #expect(
            try Self.warnings(ShowTests.run(["top", "--once"], Self.machine(warnings: 1))) == [
                "warning: the configuration has 1 warning; run 'pvpgen check'"
            ])
    }

    @Test func errorsArePrintedInFullBesideTheNumberOfWarnings() throws {
        let tree = try Self.machine(warnings: 2)
        try tree.write("/etc/pvpgen/pvp.conf", try tree.text("/etc/pvpgen/pvp.conf") + "\n[Guest]\nMmeory=1G\n")
        let result = try ShowTests.run(["top", "--once"], tree)
        #expect(result.error.contains("unknown key 'Mmeory'") && Self.warnings(result).count == 1, "\(result)")
    }
}
