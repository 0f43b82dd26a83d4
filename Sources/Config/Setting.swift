/// One key of one section: all that parser and documentation need to know about it.
package struct Setting<Section>: Sendable {
    /// The key, such as `Memory`.
    package let key: String
    /// The value when none is given, as one would write it; empty when there is none.
    package let defaultText: String
    /// One line of at most 80 columns, without a full stop: for tables, the example file and
    /// completion.
    package let summary: String
    /// Whole sentences: for the manual page and `pvpgen explain`. Computed on demand: a boot has no
    /// use for it. Default and requirement are added from the fields above.
    let description: @Sendable () -> String
    /// Whether it has to be given.
    package let need: Requirement
    /// The release that had it first.
    package let since: String
    /// What kind of value it takes.
    let type: @Sendable () -> ValueDescription
    /// Reads the text into the section; false when it is not such a value. An empty text takes the
    /// default back.
    let assign: @Sendable (inout Section, String) -> Bool

    /// What the value may be.
    package var expected: String { type().expected }
}

/// Whether a setting has to be given.
package enum Requirement: Hashable, Sendable {
    /// It has a default, or can do without a value.
    case no
    /// Always.
    case always
    /// Unless the other key is given.
    case unless(String)
}

extension Setting where Section: ConfigSection {
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ type: ValueType<Value>, default text: String = "",
        summary: String, description: @autoclosure @escaping @Sendable () -> String, need: Requirement = .no, since: String = "0.1.0"
    ) {
        self.init(key, path, type.description, default: text, summary, description, need, since) { before, text in
            type.read(text).map { type.join?(before(), $0) ?? $0 }
        }
    }

    /// For an optional value.
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value?> & Sendable, _ type: ValueType<Value>, default text: String = "",
        summary: String, description: @autoclosure @escaping @Sendable () -> String, need: Requirement = .no, since: String = "0.1.0"
    ) {
        self.init(key, path, type.description, default: text, summary, description, need, since) { before, text in
            type.read(text).map { value in type.join.flatMap { join in before().map { join($0, value) } } ?? value }
        }
    }

    private init<Value>(
        _ key: String, _ path: any WritableKeyPath<Section, Value> & Sendable, _ type: @escaping @Sendable () -> ValueDescription,
        default text: String, _ summary: String, _ description: @escaping @Sendable () -> String, _ need: Requirement, _ since: String,
        _ read: @escaping @Sendable (_ before: () -> Value, String) -> Value?
    ) {
        self.key = key
        self.type = type
        self.defaultText = text
        self.summary = summary
        self.description = description
        self.need = need
        self.since = since
        self.assign = { section, text in
            guard !text.isEmpty else {
                section[keyPath: path] = Section()[keyPath: path]
                return true
            }
            guard let value = read({ section[keyPath: path] }, text) else { return false }
            section[keyPath: path] = value
            return true
        }
    }
}
