package import Diagnostics

/// What `--json` prints: one object that begins with the same members for every verb.
package struct Document {
    /// What a document describes, and the number of its schema in docs/reference/schemas. The
    /// number grows with each change of a schema.
    package enum Kind: String, CaseIterable, Sendable {
        case apply = "pvpgen.apply/1"
        case builds = "pvpgen.builds/1"
        case check = "pvpgen.check/1"
        case command = "pvpgen.command/1"
        case comparison = "pvpgen.comparison/1"
        case diff = "pvpgen.diff/1"
        case explanation = "pvpgen.explanation/1"
        case files = "pvpgen.files/1"
        case guests = "pvpgen.guests/1"
        case `import` = "pvpgen.import/1"
        case install = "pvpgen.install/2"
        case measurement = "pvpgen.measurement/1"
        case measurementComparison = "pvpgen.measurement-comparison/1"
        case operation = "pvpgen.operation/1"
        case pathCheck = "pvpgen.path-check/1"
        case plan = "pvpgen.plan/1"
        case report = "pvpgen.report/1"
        case status = "pvpgen.status/1"
        case traffic = "pvpgen.traffic/1"
        case uninstall = "pvpgen.uninstall/2"
        case units = "pvpgen.units/1"
        case verification = "pvpgen.verification/1"
    }

    /// What it describes.
    package var kind: Kind
    /// Whether the verb has changed the host, its files or its units.
    package var changed = false
    /// Errors and warnings, in the order in which they were found.
    package var problems: [Problem] = []
    /// What only documents of this kind have.
    package var members: [JSON.Member] = []

    /// An empty document.
    package init(_ kind: Kind) { self.kind = kind }

    /// A document with the members of an object.
    package init(_ kind: Kind, _ object: JSON) {
        self.kind = kind
        add(object)
    }

    /// Adds the members of an object.
    package mutating func add(_ object: JSON) { members += object.object ?? [] }

    /// The object.
    package var json: JSON {
        .object(
            [
                .init("schema", .string(kind.rawValue)), .init("changed", .bool(changed)),
                .init("problems", problems.json),
            ] + members)
    }
}
