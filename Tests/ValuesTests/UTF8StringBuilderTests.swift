import Testing

@testable import Values

@Suite struct UTF8StringBuilderTests {
    @Test func piecesStandOneAfterTheOther() {
        let number = -120
        var text: UTF8StringBuilder = "a\(number),\("é")/\(7)"
        text += "!"
        #expect(text.string == "a-120,é/7!")
    }

    @Test func numbersHaveCommasBetweenThem() {
        let texts: [UTF8StringBuilder] = ["\([])", "\([0])", "\([10, 9, -1])"]
        #expect(texts.map(\.string) == ["", "0", "10,9,-1"])
    }

    @Test("A hexadecimal number has as many digits as it takes, and as many as are asked for")
    func hexadecimal() {
        let texts: [UTF8StringBuilder] = ["\(hex: 0, 2)", "\(hex: 0xaf, 2)", "\(hex: 0x10000, 4)", "\(hex: 0x1f, 4)"]
        #expect(texts.map(\.string) == ["00", "af", "10000", "001f"])
    }
}
