import Presentation
import Testing

@Suite struct TextTableTests {
    @Test func columnsAreAlignedAndLinesHaveNoEnd() {
        var table = TextTable("A", "LONG", "C")
        table.add("one", "2", "")
        table.add("ü", "", "3")
        #expect(table.text == "A    LONG  C\none  2\nü          3\n")
        #expect(TextTable("A", "B").text == "")
        var numbers = TextTable("NAME", "Mpps", "LOST", "WHERE", rightAligned: 1...2)
        numbers.add("a", "14.881", "7", "here")
        numbers.add("b", "", "12345", "")
        #expect(numbers.text == "NAME    Mpps   LOST  WHERE\na     14.881      7  here\nb             12345\n")
    }
}
