import Foundation
import Lab
import LabTools
import Testing

/// A new user's first hour: the code blocks of the README, on a machine that has never seen the
/// project.
extension SoakTests {
    @Test func theReadmeLeadsToARunningHost() async throws {
        for shared in [SharedHost.shared, .oneNode, .twoChains] { await shared.end() }
        let host = try PVPHost(Progress())
        defer { host.end() }
        try host.shell.copy(try Project.package(), to: "/root/pvpgen/.build/pvpgen_0_amd64.deb")

        for command in try Readme.block(under: "Installation") {
            // Both need a compiler and a network; `make soak` has run them where this test runs.
            if command == "make deps" || command == "make deb" { continue }
            try host.follow(command, in: "/root/pvpgen")
        }
        // The file that a user has downloaded.
        try host.provideImage()
        for block in try Readme.blocks(under: "Quick start") {
            if block.first == "[NIC]" {
                try host.configure(host.adapted(block))
            } else {
                for command in block { try host.follow(command, in: "/root") }
            }
        }
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }

        let interactive: Set = ["pvpgen top", "pvpgen console", "pvpgen ssh"]
        let commands = try Readme.commands(under: "Everyday commands").filter { !interactive.contains($0) }
        #expect(commands.count > 6)
        for command in commands { try host.follow(command, in: "/root") }
        try host.waitForJobs()
        #expect(try host.drivers() == ["e1000e", "e1000e"], "the last one stops everything")
    }
}

/// Commands and configurations of the README.
private enum Readme {
    static func section(_ heading: String) throws -> Substring {
        let text = try String(contentsOfFile: Project.folder + "/README.md", encoding: .utf8)
        let start = try #require(text.range(of: "\n## \(heading)\n"), "\(heading)")
        let rest = text[start.upperBound...]
        return rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    }

    /// The lines of each block of code, without indentation.
    static func blocks(under heading: String) throws -> [[String]] {
        try section(heading).matches(of: /(?ms)^ *```\w*\n(.*?)^ *```$/).map { match in
            match.output.1.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    static func block(under heading: String) throws -> [String] { try #require(try blocks(under: heading).first) }

    /// Those in the first column of a table, in its order.
    static func commands(under heading: String) throws -> [String] {
        try section(heading).split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { row in
            row.dropFirst().prefix { $0 != "|" }.matches(of: /`([^`]+)`/).map { String($0.output.1) }
        }
    }
}

extension PVPHost {
    /// Runs a line as a user does who types it, and expects what the README says of it.
    fileprivate func follow(_ command: String, in directory: String) throws {
        if command == "systemctl reboot" { return try reboot() }
        progress("# \(command)")
        let line = "cd \(directory) && DEBIAN_FRONTEND=noninteractive \(command)"
        let result = try shell.attempt(["sh", "-c", line], within: Limit.start)
        // Before the first reboot it says what 'pvpgen install' and the reboot change.
        if command == "pvpgen check", result.status == 1 {
            let errors = result.output.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count
            let remedies = result.output.matches(of: /run 'pvpgen install' and reboot/).count
            #expect(errors > 0 && errors == remedies, "\(result.output)")
        } else {
            let expected: Int32 = command == "pvpgen install" ? 3 : 0
            #expect(result.status == expected, "\(command): \(result.output)")
        }
    }

    /// The README's configuration with this machine's NICs, and with what four CPUs and little
    /// memory force.
    fileprivate func adapted(_ block: [String]) -> String {
        var nics = nics[...]
        let lines = block.map { line in line.hasPrefix("PCIAddress=") ? "PCIAddress=\(nics.popFirst() ?? "")" : line }
        return (lines + ["Memory=1G", "VCPUs=1", "[Testpmd]", "ForwardingLcores=1", ""]).joined(separator: "\n")
    }
}
