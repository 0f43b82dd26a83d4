import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import Units

/// Each case of `Tests/Cases`; `UPDATE_GOLDEN=1` rewrites `expected.txt`.
@Suite struct GoldenTests {
    @Test func thereAreCases() { #expect(HostCase.names.count >= 40) }

    @Test(arguments: HostCase.names) func generates(_ name: String) throws {
        let host = try HostCase(name)
        let units = try Self.units(of: host)
        if Golden.isRewritten("Tests/Cases/\(name)/expected.txt") {
            try units.text.write(toFile: host.expectedFile, atomically: true, encoding: .utf8)
        }
        #expect(units.differences(from: host.expected) == [])
        // The same input gives the same bytes.
        #expect(try Self.units(of: host).text == units.text)
    }

    @Test("The text of an output is the output again, and a difference is a name and a line")
    func textOfAnOutput() {
        let files = ["a.service": "[Unit]\n\nA=1\n", "b/a": "-> ../a", "c": "", "d": "x"]
        let output = GeneratorOutput(messages: "a:1: error\n", files: files)
        let text = "== stderr\na:1: error\n\n== a.service\n[Unit]\n\nA=1\n\n== b/a -> ../a\n\n== c\n\n== d\nx"
        #expect(output.text == text && GeneratorOutput(text: text).text == text)
        #expect(GeneratorOutput(text: text).files == files)
        let other = GeneratorOutput(
            messages: "", files: ["a.service": "[Unit]\n\nA=2\n", "b/a": "-> ../a", "c": "", "e": "x"])
        #expect(
            other.differences(from: output) == [
                "a.service:3: expected 'A=1', got 'A=2'", "d: missing", "e: not expected", "stderr: missing",
            ])
    }

    @Test(
        "A topology with a line that means nothing is refused",
        arguments: ["nod 0", "nic 0000:17:00.0 nodes=0", "offline"])
    func brokenTopology(_ line: String) throws {
        let tree = try Tree(["/topology": "node 0 memory=1 cores=1\n\n\(line)\n"])
        #expect(try HostCase.make(tree.path, in: tree).contains("/topology:3: "))
        #expect(!tree.root.exists("/sys"))
    }

    private static func units(of host: HostCase) throws -> GeneratorOutput {
        let (plan, problems) = Plan.read(from: host.root)
        let units = UnitTree(try #require(plan), problems: problems, layout: Layout(prefix: "/usr"))
        let files = units.files.mapValues { String(decoding: $0, as: UTF8.self) }.merging(
            units.links.mapValues { "-> " + $0 }
        ) { $1 }
        return GeneratorOutput(messages: problems.map(\.rendered).joined(), files: files)
    }
}
