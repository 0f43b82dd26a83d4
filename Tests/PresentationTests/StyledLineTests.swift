import Presentation
import Testing

@Suite struct StyledLineTests {
    private func line(_ pieces: String...) -> StyledLine {
        pieces.reduce(into: StyledLine()) { $0.add($1, .good) }
    }

    @Test("Pieces are painted one by one, and empty ones are left out")
    func painted() {
        var line = StyledLine("images ", .heading)
        line.add("")
        line.add("up", .good)
        #expect(line.pieces.count == 2)
        #expect(line.text { $0 == .good ? "<\($1)>" : $1 } == "images <up>")
    }

    @Test(
        "A line that is too long loses the middle of its last piece, or its end",
        arguments: [
            (["a ", "b"], 3, "a b"), (["unit ", "Fetching http://example/: 14 %"], 20, "unit Fetch…le/: 14 %"),
            (["unit ", "short text"], 12, "unit short t"), (["a long first piece", "b"], 6, "a long"), (["a"], 0, ""),
            (["ü ", "Fetching ü: 14 %"], 14, "ü Fetc…ü: 14 %"),
        ] as [([String], Int, String)])
    func fitted(_ pieces: [String], _ columns: Int, _ wanted: String) {
        let line = pieces.reduce(into: StyledLine()) { $0.add($1) }
        let text = line.fitted(to: columns).text()
        #expect(text == wanted && text.unicodeScalars.count <= columns)
    }
}
