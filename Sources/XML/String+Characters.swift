extension String {
    /// The text with U+FFFD for what XML 1.0 cannot hold (section 2.2, Characters).
    package var withXMLCharacters: String {
        func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value >= 0x20
                ? scalar.value != 0xfffe && scalar.value != 0xffff : [0x9, 0xa, 0xd].contains(scalar.value)
        }
        guard !unicodeScalars.allSatisfy(isAllowed) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { isAllowed($0) ? $0 : "\u{fffd}" }))
    }
}
