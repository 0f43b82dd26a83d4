/// A setting as documented: a row of the table for manual page, example file, completion and
/// `pvpgen explain`.
package struct SettingDocumentation: Hashable, Sendable {
    /// The section's title.
    package var section: String
    /// The key.
    package var key: String
    /// What kind of value it takes.
    package var type: ValueDescription
    /// The value when none is given, as one would write it; empty when there is none.
    package var defaultText: String
    /// The same if it is a value; empty when it is a description of one, too.
    package var defaultValue: String
    /// Whether it has to be given.
    package var need: Requirement
    /// The release that had it first.
    package var since: String
    /// One line of at most 80 columns, without a full stop.
    package var summary: String
    /// Whole sentences, without the default.
    package var description: String

    /// The summary, and whether the setting is required.
    package var line: String { requirement.map { "\(summary) (\($0))" } ?? summary }

    /// The description, with the requirement and the default.
    package var paragraph: String {
        var text = description
        if let requirement { text += " This setting is \(requirement)." }
        if !defaultText.isEmpty { text += " Defaults to \(defaultText)." }
        return text
    }

    private var requirement: String? {
        switch need {
        case .no: nil
        case .always: "required"
        case .unless(let other): "required unless \(other)= is set"
        }
    }
}

/// A section as documented.
package struct SectionDocumentation: Hashable, Sendable {
    /// The name between the brackets.
    package var title: String
    /// What it is for: a paragraph.
    package var documentation: String
    /// Whether there can be several.
    package var isRepeatable: Bool
    /// Its settings.
    package var settings: [SettingDocumentation]

    init<Section: ConfigSection>(_: Section.Type) {
        title = Section.title
        documentation = Section.documentation
        isRepeatable = Section.self is any NamedSection.Type
        settings = Section.settings.map {
            var section = Section()
            return SettingDocumentation(
                section: Section.title, key: $0.key, type: $0.type(), defaultText: $0.defaultText,
                defaultValue: $0.assign(&section, $0.defaultText) ? $0.defaultText : "", need: $0.need, since: $0.since,
                summary: $0.summary, description: $0.description())
        }
    }
}

extension Config {
    /// Every section in the order of the documentation. Evaluated at boot only to explain an error.
    package static let documentation = [
        SectionDocumentation(HostSection.self), SectionDocumentation(HugepagesSection.self),
        SectionDocumentation(TuningSection.self),
        SectionDocumentation(NICSection.self), SectionDocumentation(TestpmdSection.self),
        SectionDocumentation(GuestSection.self),
        SectionDocumentation(InterfaceSection.self), SectionDocumentation(NetworkSection.self),
        SectionDocumentation(BuildSection.self),
        SectionDocumentation(GeneratorSection.self),
    ]
}
