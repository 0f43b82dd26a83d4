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
    /// The value in a section, for a setting that needs no planning; `nil` for one that the plan
    /// decides on.
    let option: (@Sendable (Section) -> SettingValue)?

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
        _ key: String, _ path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Section, Value> & Sendable,
        _ type: ValueType<Value>,
        default text: String = "",
        summary: String, description: @autoclosure @escaping @Sendable () -> String, need: Requirement = .no,
        since: String = "0.1.0"
    ) {
        self.init(
            key, type, default: text, summary, description, need, since, get: { $0[keyPath: path()] },
            set: { $0[keyPath: path()] = $1 })
    }

    /// For an optional value.
    init<Value>(
        _ key: String, _ path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Section, Value?> & Sendable,
        _ type: ValueType<Value>,
        default text: String = "",
        summary: String, description: @autoclosure @escaping @Sendable () -> String, need: Requirement = .no,
        since: String = "0.1.0"
    ) {
        self.init(
            key, path(), type.optional, default: text, summary: summary, description: description(), need: need,
            since: since)
    }

    private init<Value>(
        _ key: String, _ type: ValueType<Value>, default text: String, _ summary: String,
        _ description: @escaping @Sendable () -> String,
        _ need: Requirement, _ since: String, get: @escaping @Sendable (Section) -> Value,
        set: @escaping @Sendable (inout Section, Value) -> Void, option: (@Sendable (Section) -> SettingValue)? = nil
    ) {
        self.key = key
        self.type = type.description
        self.defaultText = text
        self.summary = summary
        self.description = description
        self.need = need
        self.since = since
        self.option = option
        self.assign = { section, text in
            guard !text.isEmpty else {
                set(&section, get(Section()))
                return true
            }
            guard let value = type.read(text) else { return false }
            set(&section, type.join?(get(section), value) ?? value)
            return true
        }
    }
}

extension Setting where Section: OptionSection {
    /// A setting that needs no planning.
    init<Value: SettingConvertible>(
        _ key: String,
        option path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Section.Options, Value> & Sendable,
        _ type: ValueType<Value>,
        default text: String = "", summary: String, description: @autoclosure @escaping @Sendable () -> String,
        need: Requirement = .no,
        since: String = "0.1.0"
    ) {
        self.init(
            key, type, default: text, summary, description, need, since, get: { $0.options[keyPath: path()] },
            set: { $0.options[keyPath: path()] = $1 }, option: { $0.options[keyPath: path()].settingValue })
    }

    /// A setting that needs no planning, for an optional value.
    init<Value: SettingConvertible>(
        _ key: String,
        option path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Section.Options, Value?> & Sendable,
        _ type: ValueType<Value>,
        default text: String = "", summary: String, description: @autoclosure @escaping @Sendable () -> String,
        need: Requirement = .no,
        since: String = "0.1.0"
    ) {
        self.init(
            key, option: path(), type.optional, default: text, summary: summary, description: description(), need: need,
            since: since)
    }
}
