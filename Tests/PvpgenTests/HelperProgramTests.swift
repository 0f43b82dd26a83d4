import Foundation
import TestSupport
import Testing

@testable import pvpgen

/// The helpers are pvpgen under other names.
@Suite("Names of pvpgen") struct HelperProgramTests {
    @Test("Each name is the helper's", arguments: HelperProgram.allCases.map(\.rawValue)) func help(_ name: String)
        throws
    {
        let result = try Program(name: name).run(["--help"])
        #expect(result.status == 0 && result.error == "")
        #expect(result.output.hasPrefix("Usage: \(name) "))
    }

    @Test(
        "Any other name is pvpgen's own",
        arguments: ["pvpgen", "/usr/bin/pvpgen", "pvp-guest2", "/usr/lib/pvp-guest/pvpgen", ""])
    func others(_ program: String) { #expect(HelperProgram(startedAs: program) == nil) }

    @Test("make install and the tests link the same names") func links() throws {
        let makefile = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Makefile")
            .standardized
        let text = try String(contentsOf: makefile, encoding: .utf8)
        let names = HelperProgram.allCases.map(\.rawValue)
        #expect(text.split(separator: "\n").contains { $0 == "LINKS = \(names.joined(separator: " "))" })
        #expect(names == Program.helpers)
    }
}
