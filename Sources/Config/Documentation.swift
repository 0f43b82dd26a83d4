/// A setting, told to people: a row of the table that manual, example, completions and `pvpgen explain` are made from.
public struct SettingDocumentation: Hashable, Sendable {
    /// The section's title.
    public var section: String
    /// The key.
    public var key: String
    /// What kind of value it takes.
    public var type: ValueDescription
    /// The value when none is given, as one would write it; empty when there is none.
    public var defaultText: String
    /// The same if it is a value; empty when it is a description of one, too.
    public var defaultValue: String
    /// Whether it has to be given.
    public var need: Need
    /// The release that had it first.
    public var since: String
    /// One line, without a full stop.
    public var documentation: String

    /// The line, and whether the setting has to be given.
    public var line: String {
        switch need {
        case .no: documentation
        case .always: documentation + "; needed"
        case .unless(let other): documentation + "; needed unless \(other)= is given"
        }
    }
}

/// A section, told to people.
public struct SectionDocumentation: Hashable, Sendable {
    /// The name between the brackets.
    public var title: String
    /// What it is for: a paragraph.
    public var documentation: String
    /// Whether there can be several.
    public var isRepeatable: Bool
    /// Its settings.
    public var settings: [SettingDocumentation]

    init<Section: ConfigSection>(_: Section.Type) {
        title = Section.title
        documentation = Section.documentation
        isRepeatable = Section.self is any NamedSection.Type
        settings = Section.settings.map {
            var section = Section()
            return SettingDocumentation(
                section: Section.title, key: $0.key, type: $0.type(), defaultText: $0.defaultText,
                defaultValue: $0.assign(&section, $0.defaultText) ? $0.defaultText : "", need: $0.need, since: $0.since,
                documentation: $0.documentation)
        }
    }
}

extension Config {
    /// Every section in the order of the documentation. Nobody at boot asks for it, unless there is a mistake to explain.
    public static let documentation = [
        SectionDocumentation(HostSection.self), SectionDocumentation(HugepagesSection.self), SectionDocumentation(TuningSection.self),
        SectionDocumentation(NICSection.self), SectionDocumentation(TestpmdSection.self), SectionDocumentation(GuestSection.self),
        SectionDocumentation(InterfaceSection.self), SectionDocumentation(NetworkSection.self),
    ]
}
