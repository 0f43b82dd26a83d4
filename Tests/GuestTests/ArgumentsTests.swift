import Diagnostics
import Testing

@testable import pvp_guest

@Suite struct ArgumentsTests {
    @Test func defaults() throws {
        let arguments = try Arguments(["host"])
        #expect(arguments.verb == .run)
        #expect(arguments.name == "host")
        #expect(arguments.connect == "qemu:///system")
        #expect(arguments.createTimeout == 60)
        #expect(arguments.stopTimeout == 60)
    }

    @Test func everyOption() throws {
        let arguments = try Arguments(["--connect=test:///default?a=b", "--create-timeout=1", "g", "--stop-timeout=86400"])
        #expect(arguments.connect == "test:///default?a=b")
        #expect(arguments.createTimeout == 1)
        #expect(arguments.stopTimeout == 86400)
        #expect(try Arguments(["--destroy", "g"]).verb == .destroy)
        #expect(try Arguments(["--help"]).verb == .help)
    }

    @Test(arguments: [
        [], [""], ["a", "b"], ["--destroy"], ["--connect", "x", "g"], ["g", "--nonsense"], ["g", "--destroy=g"],
        ["g", "--stop-timeout=0"], ["g", "--stop-timeout=86401"], ["g", "--create-timeout=1s"], ["g", "--create-timeout="], ["-h"],
    ])
    func refused(_ line: [String]) {
        let problem = #expect(throws: Problem.self) { try Arguments(line) }
        #expect(problem?.code == "usage")
    }
}
