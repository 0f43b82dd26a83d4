import Testing
import Values

@Test(arguments: [("", false), ("a b~ä", false), ("a\tb", true), ("a\n", true), ("\u{7f}", true), ("\0", true)])
func controlCharactersAreThoseOfASCII(_ text: String, _ expected: Bool) {
    #expect(text.hasControlCharacters == expected)
}
