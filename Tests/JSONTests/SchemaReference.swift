import JSON

/// The page about the documents of `--json`, from their schemas.
enum SchemaReference {
    static func page(_ schemas: [(kind: Document.Kind, schema: JSON)]) throws -> String {
        var text = """
            # JSON documents

            With `--json` a verb prints one JSON document on standard output, also when it fails: errors are in
            `problems` instead of on standard error. The exit code is the same as without `--json`. `pvpgen top`
            prints a document in one line for each sample, `pvpgen console` one for each command, and
            `pvpgen status --watch` one for each change. Wrong usage prints none.

            Each document begins with `schema`, `changed` and `problems`. The number in `schema` grows with each
            change of the schema. If an error prevents the work, further members can be missing. The schemas, in
            JSON Schema 2020-12: [schemas](schemas). Settings are members of a plan under their names in
            snake_case, see [settings](settings.md).

            """
        for (kind, schema) in schemas {
            text += "\n## \(schema["title"]?.string ?? ""): `\(kind.rawValue)`\n\n"
            let common = ["schema", "changed", "problems"]
            let members = (schema["properties"]?.object ?? []).filter { !common.contains($0.name) }
            if members.isEmpty {
                text += "No further members.\n"
            } else {
                text += "| member | type | meaning |\n|---|---|---|\n"
            }
            for member in members { text += rows(member.name, member.value, schema) }
            if kind == schemas.first?.kind {
                text += "\nIn `problems` of each document:\n\n| member | type | meaning |\n|---|---|---|\n"
                text += rows("problems[]", schema["$defs"]?["problem"] ?? .null, schema, below: true)
            }
        }
        return text
    }

    /// A row for the member, and one for each member below it.
    private static func rows(_ name: String, _ schema: JSON, _ document: JSON, below: Bool = false) -> String {
        var schema = schema
        if let reference = schema["$ref"]?.string {
            schema = document["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .null
        }
        var text = ""
        if !below { text = "| `\(name)` | \(type(schema)) | \(meaning(schema)) |\n" }
        for member in schema["properties"]?.object ?? [] {
            text += rows("\(name).\(member.name)", member.value, document)
        }
        if let items = schema["items"] { text += rows("\(name)[]", items, document, below: true) }
        return text
    }

    private static func type(_ schema: JSON) -> String {
        schema["type"]?.string ?? (schema["type"]?.array ?? []).compactMap(\.string).joined(separator: " or ")
    }

    private static func meaning(_ schema: JSON) -> String {
        let values = (schema["enum"]?.array ?? []).compactMap(\.string)
        let list = values.isEmpty ? "" : " One of: \(values.joined(separator: ", "))."
        return (schema["description"]?.string ?? "") + list
    }
}
