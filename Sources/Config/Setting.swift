/// One key of one section: all that parser and documentation need to know about it.
public struct Setting<Section>: Sendable {
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
}

extension Setting where Section: ConfigSection {
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ type: ValueType<Value>, default text: String = "",
        _ documentation: String
    ) {
        self.init(key, path, type.expected, default: text, documentation) { type.read($0) }
    }

    /// For a value that need not be there.
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value?> & Sendable, _ type: ValueType<Value>, default text: String = "",
        _ documentation: String
    ) {
        self.init(key, path, type.expected, default: text, documentation) { type.read($0).map { .some($0) } }
    }

    private init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ expected: String, default text: String,
        _ documentation: String,
        _ read: @escaping @Sendable (String) -> Value?
    ) {
        self.key = key
        self.expected = expected
        self.defaultText = text
        self.documentation = documentation
        self.assign = { section, text in
            guard !text.isEmpty else {
                section[keyPath: path] = Section()[keyPath: path]
                return true
            }
            guard let value = read(text) else { return false }
            section[keyPath: path] = value
            return true
        }
    }
}
