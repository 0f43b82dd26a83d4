/// One key of one section: all that parser and documentation need to know about it.
public struct Setting<Section: ConfigSection>: Sendable {
    /// The key, such as `Memory`.
    public let key: String
    /// What the value may be.
    public let expected: String
    /// The value when none is given, as one would write it; empty when there is none.
    public let defaultText: String
    /// One line of documentation.
    public let documentation: String
    /// Reads the text into the section; false when it is not such a value. An empty text takes the default back.
    let assign: @Sendable (inout Section, String) -> Bool

    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ type: ValueType<Value>, default text: String = "",
        _ documentation: String
    ) {
        self.key = key
        self.expected = type.expected
        self.defaultText = text
        self.documentation = documentation
        self.assign = { section, text in
            guard !text.isEmpty else {
                section[keyPath: path] = Section()[keyPath: path]
                return true
            }
            guard let value = type.read(text) else { return false }
            section[keyPath: path] = value
            return true
        }
    }
}
