extension String {
    /// Whether the text has a control character of ASCII, a line end or a tab among them.
    package var hasControlCharacters: Bool { utf8.contains { $0 < 0x20 || $0 == 0x7f } }
}
