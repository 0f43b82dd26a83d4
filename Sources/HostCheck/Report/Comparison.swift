/// A thing in which two reports differ.
package struct Difference: Hashable, Sendable {
    /// The section.
    package var section: String
    /// What it is.
    package var name: String
    /// The value in the first report; `nil` if the field is missing.
    package var first: String?
    /// In the second.
    package var second: String?
}

extension Report {
    /// Everything in which another report differs, in the order of this one; what only the other
    /// has comes last. What is about the run alone does not count.
    package func differences(from other: Report) -> [Difference] {
        let mine = values
        let others = other.values
        let keys = order + other.order.filter { mine[$0] == nil }
        return keys.filter { mine[$0] != others[$0] }.map {
            Difference(section: $0.section, name: $0.name, first: mine[$0], second: others[$0])
        }
    }

    private struct FieldKey: Hashable {
        var section: String
        var name: String
    }

    private var order: [FieldKey] {
        sections.filter { $0.title != Self.run }.flatMap { section in
            section.fields.map { FieldKey(section: section.title, name: $0.name) }
        }
    }

    private var values: [FieldKey: String] {
        var values: [FieldKey: String] = [:]
        for section in sections {
            for field in section.fields { values[FieldKey(section: section.title, name: field.name)] = field.value }
        }
        return values
    }
}
