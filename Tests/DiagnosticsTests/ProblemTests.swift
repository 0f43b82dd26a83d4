import Diagnostics
import Testing

@Suite struct ProblemTests {
    @Test func rendersPlaceLineCaretAndRemedy() {
        let location = SourceLocation(file: "pvp.conf", line: 3, column: 2, text: "\tNicz=1")
        let problem = Problem(.unknownKey, "unknown key 'Nicz' in [Host]", remedy: "did you mean 'NICs'?", at: location)
        #expect(
            problem.rendered
                == "pvp.conf:3:2: error: unknown key 'Nicz' in [Host]\n  \tNicz=1\n  \t^\n  did you mean 'NICs'?\n")
        #expect(problem.line == "pvp.conf:3:2: unknown key 'Nicz' in [Host]; did you mean 'NICs'?")
    }

    @Test func rendersWithoutPlace() {
        let problem = Problem(
            .nicMissing, "NIC nic0: no PCI device 0000:01:00.0", remedy: "see lspci -D", severity: .warning)
        #expect(problem.rendered == "warning: NIC nic0: no PCI device 0000:01:00.0\n  see lspci -D\n")
    }

    /// Columns count bytes, the caret counts characters.
    @Test func theCaretIsBelowTheSpot() {
        let location = SourceLocation(file: "a", line: 1, column: 9, text: "Näm€=x")
        #expect(Problem(.value, "m", remedy: "", at: location).rendered == "a:1:9: error: m\n  Näm€=x\n       ^\n")
    }

    @Test func manyAreCounted() {
        let problems = (1...502).map {
            Problem(.value, "\($0)", remedy: "", at: SourceLocation(file: "pvp.conf", line: $0, column: 1))
        }
        #expect(Array(problems.prefix(500)).limited.count == 500)
        let limited = problems.limited
        #expect(limited.count == 501 && limited.last?.code == .tooMany && limited.last?.location?.line == 501)
        #expect(limited.last?.message.hasPrefix("2 more") == true)
    }
}
