extension JSON {
    /// The value as text, indented by two spaces, with a line end behind it. Lists without lists
    /// and objects in them are on one line.
    package var text: String {
        var text = ""
        write(to: &text, indent: "")
        return text + "\n"
    }

    /// The value as text in one line, without a line end.
    package var line: String {
        switch self {
        case .array(let values): return "[" + values.map(\.line).joined(separator: ", ") + "]"
        case .object(let members):
            let texts = members.map { member in
                var name = ""
                Self.quote(member.name, to: &name)
                return "\(name): \(member.value.line)"
            }
            return "{" + texts.joined(separator: ", ") + "}"
        default:
            var text = ""
            write(to: &text, indent: "")
            return text
        }
    }

    private var isPlain: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let value): Self.quote(value, to: &text)
        case .array(let values) where values.allSatisfy(\.isPlain):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                value.write(to: &text, indent: indent)
            }
            text += "]"
        case .array(let values):
            for (index, value) in values.enumerated() {
                text += (index == 0 ? "[\n" : ",\n") + indent + "  "
                value.write(to: &text, indent: indent + "  ")
            }
            text += "\n\(indent)]"
        case .object(let members) where members.isEmpty: text += "{}"
        case .object(let members):
            for (index, member) in members.enumerated() {
                text += (index == 0 ? "{\n" : ",\n") + indent + "  "
                Self.quote(member.name, to: &text)
                text += ": "
                member.value.write(to: &text, indent: indent + "  ")
            }
            text += "\n\(indent)}"
        }
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
