package import Diagnostics
package import JSON

extension Report {
    /// For other programs, and for ``init(_:)``.
    package var json: JSON {
        let sections = sections.map { section in
            JSON.Member(section.title, .object(section.fields.map { JSON.Member($0.name, .string($0.value)) }))
        }
        return ["sections": .object(sections)]
    }

    /// Reads a document of a report, or what version 0.1.0 wrote. Throws `report-unknown` for
    /// other content.
    package init(_ json: JSON) throws(Problem) {
        let unknown = Problem(
            .reportUnknown, "expected a report of pvpgen, got other content",
            remedy: "create a report with 'pvpgen report --json'")
        guard json["schema"]?.string == Document.Kind.report.rawValue || json["pvpgen_report"]?.int == 1,
            let members = json["sections"]?.object
        else { throw unknown }
        var sections: [Section] = []
        for member in members {
            guard let fields = member.value.object else { throw unknown }
            var section = Section(member.name, [])
            for field in fields {
                guard let value = field.value.string else { throw unknown }
                section.fields.append(Field(field.name, value))
            }
            sections.append(section)
        }
        self.init(sections)
    }
}
