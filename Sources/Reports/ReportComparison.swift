package import JSON
import Presentation

/// What differs between reports, field by field. What is about the runs alone does not count.
package struct ReportComparison: Sendable {
    /// A field that has not the same value in all reports.
    package struct Difference: Hashable, Sendable {
        package var section: String
        package var name: String
        /// One for each report, in their order; `nil` if the report does not have the field.
        package var values: [String?]
    }

    /// The names of the reports.
    package let names: [String]
    /// In the order of the first report; fields that it does not have follow.
    package let differences: [Difference]
    /// The names of all fields and sections.
    private let known: Set<String>

    /// Compares reports, each with the name under which it is shown.
    package init(_ reports: [(name: String, report: Report)]) {
        let tables = reports.map(\.report.values)
        var keys: [FieldKey] = []
        for report in reports {
            for key in report.report.keys where !keys.contains(key) { keys.append(key) }
        }
        names = reports.map(\.name)
        known = Set(keys.flatMap { [$0.section, $0.name, $0.description] })
        differences = keys.compactMap { key in
            let values = tables.map { $0[key] }
            guard Set(values).count > 1 else { return nil }
            return Difference(section: key.section, name: key.name, values: values)
        }
    }

    /// The differences in fields that must be the same: the names of fields or sections, or
    /// `SECTION/FIELD`.
    package func differences(in fields: [String]) -> [Difference] {
        differences.filter { difference in
            [difference.section, difference.name, "\(difference.section)/\(difference.name)"]
                .contains(where: fields.contains)
        }
    }

    /// Those of the names that no report has.
    package func unknown(in fields: [String]) -> [String] { fields.filter { !known.contains($0) } }

    /// The text for people: a row for each field, a column for each report.
    package var text: String {
        guard !differences.isEmpty else { return "no difference\n" }
        var table = TextTable(["SECTION", "FIELD"] + names)
        for difference in differences {
            table.add([difference.section, difference.name] + difference.values.map { $0 ?? "(none)" })
        }
        return table.text
    }

    /// For scripts.
    package var json: JSON {
        [
            "reports": .array(names.map { .string($0) }),
            "differences": .array(
                differences.map { difference in
                    [
                        "section": .string(difference.section), "name": .string(difference.name),
                        "values": .array(difference.values.map { $0.map { .string($0) } ?? .null }),
                    ]
                }),
        ]
    }
}

/// Where a field is in a report.
private struct FieldKey: Hashable, CustomStringConvertible {
    var section: String
    var name: String
    var description: String { "\(section)/\(name)" }
}

extension Report {
    fileprivate var keys: [FieldKey] {
        sections.filter { $0.title != Self.run }.flatMap { section in
            section.fields.map { FieldKey(section: section.title, name: $0.name) }
        }
    }

    fileprivate var values: [FieldKey: String] {
        var values: [FieldKey: String] = [:]
        for section in sections {
            for field in section.fields { values[FieldKey(section: section.title, name: field.name)] = field.value }
        }
        return values
    }
}
