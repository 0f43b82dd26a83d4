package import Config
import Diagnostics
package import JSON
package import Presentation
import Values

/// A setting with the values that the present configuration gives it.
package struct Explanation {
    /// The value in one section.
    struct Value {
        /// The section's name, if there can be several.
        var section: String?
        /// As it was written, but for credentials in a URL; the default when it was not.
        var text: String
        /// Where; `nil` for the default.
        var location: SourceLocation?
    }

    package let setting: SettingDocumentation
    let values: [Value]

    /// Without a configuration there are no values.
    package init(_ setting: SettingDocumentation, in config: Config?) {
        self.setting = setting
        values = (config?.sections ?? []).filter { type(of: $0).title == setting.section }.map { section in
            let name = (section as? any NamedSection)?.name
            let given = section.source.assignments(of: setting.key)
            guard let last = given.last else { return Value(section: name, text: setting.defaultText) }
            let texts = setting.type.isList ? given.map(\.value) : [last.value]
            let text = texts.joined(separator: " ").withoutCredentials
            return Value(section: name, text: text, location: last.location)
        }
    }

    /// All of it for people.
    package func text(_ style: Style) -> String {
        var rows: [(String, String)] = [("Value", setting.type.expected)]
        if !setting.type.syntax.isEmpty { rows.append(("Syntax", setting.type.syntax)) }
        if !setting.type.unit.isEmpty { rows.append(("Unit", setting.type.unit)) }
        if !setting.defaultText.isEmpty { rows.append(("Default", setting.defaultText)) }
        rows.append(("Since", setting.since))
        for value in values {
            let name = value.section.map { "\($0): " } ?? ""
            let location = value.location.map { "\($0.file):\($0.line)" } ?? "not set"
            rows.append(("Now", "\(name)\(value.text.isEmpty ? "nothing" : value.text) (\(location))"))
        }
        var text = style.bold("[\(setting.section)] \(setting.key)=") + "\n"
        for line in wrapped(setting.paragraph, to: 78) { text += "  \(line)\n" }
        for (title, value) in rows {
            text += "  \(title)\(String(repeating: " ", count: 9 - title.utf8.count))\(value)\n"
        }
        return text
    }

    /// A line for each setting, below its section.
    package static func list(_ explanations: [Explanation], _ style: Style) -> String {
        let heads = explanations.map { "\($0.setting.key)=\($0.setting.defaultText)" }
        let width = heads.map(\.utf8.count).max() ?? 0
        var text = ""
        var section = ""
        for (explanation, head) in zip(explanations, heads) {
            if explanation.setting.section != section {
                section = explanation.setting.section
                text += "\(text.isEmpty ? "" : "\n")\(style.bold("[\(section)]"))\n"
            }
            text += head + String(repeating: " ", count: width + 2 - head.utf8.count) + explanation.setting.line + "\n"
        }
        return text
    }

    /// All of it for programs.
    package var json: JSON {
        [
            "section": .string(setting.section), "key": .string(setting.key),
            "expected": .string(setting.type.expected),
            "syntax": .string(setting.type.syntax), "unit": .string(setting.type.unit),
            "list": .bool(setting.type.isList),
            "default": .string(setting.defaultText), "needed": .bool(setting.need == .always),
            "since": .string(setting.since),
            "summary": .string(setting.summary), "description": .string(setting.paragraph),
            "values": .array(
                values.map { value in
                    [
                        "name": value.section.map { .string($0) } ?? .null, "value": .string(value.text),
                        "file": value.location.map { .string($0.file) } ?? .null,
                        "line": value.location.map { .number($0.line) } ?? .null,
                    ]
                }),
        ]
    }
}
