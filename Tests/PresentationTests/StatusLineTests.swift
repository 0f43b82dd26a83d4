import Testing

@testable import Presentation

@Suite("Line with a changing status") struct StatusLineTests {
    @Test("On a terminal it stays in place and within the columns")
    func live() {
        var line = StatusLine("dpdk", columns: 16)
        #expect(
            line.text("Compile [1/434]") == "\r\u{1B}[K" + StyledLine("dpdk: Compile [1/434]").fitted(to: 16).text())
        #expect(line.end() == "\n" && line.end() == "")
    }

    @Test("Elsewhere each phase has a line")
    func lines() {
        var line = StatusLine("dpdk", columns: nil)
        let statuses = ["Unpacking", "Compile [1/2]", "Compile [2/2]", "Unpacking"]
        #expect(
            statuses.map { line.text($0) } == ["dpdk: Unpacking\n", "dpdk: Compile [1/2]\n", "", "dpdk: Unpacking\n"])
        #expect(line.end() == "")
    }
}
