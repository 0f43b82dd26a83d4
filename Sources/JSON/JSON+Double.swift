extension JSON {
    /// A finite number that may have a fraction.
    package var double: Double? {
        guard case .number(let text) = self, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// A number with a fraction, read back as the same one; `null` for what is no finite number.
    package static func number(_ value: Double) -> JSON {
        guard value.isFinite else { return .null }
        let text = value.description
        return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// The value, or `null`.
    package static func optional(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

    /// The value, or `null`.
    package static func optional(_ value: Int?) -> JSON { value.map { .number($0) } ?? .null }

    /// The value, or `null`.
    package static func optional(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }

    /// A list of texts.
    package static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
}
