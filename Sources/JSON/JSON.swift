package import Diagnostics

/// A value of JSON (RFC 8259): what DPDK's telemetry sends, and what the verbs print with `--json`.
package enum JSON: Hashable, Sendable {
    /// A named value of an object.
    package struct Member: Hashable, Sendable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: JSON
        /// Creates a member.
        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// `null`: also telemetry's answer to a question that it does not know.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it was written, because a 64-bit counter does not fit a `Double`.
    case number(String)
    /// A text.
    case string(String)
    /// A list.
    case array([JSON])
    /// Members in their order; of two with one name the later counts.
    case object([Member])

    /// Reads one value. Throws `json-malformed` with the offset in bytes; lists and objects may lie
    /// within each other 64 deep.
    package init(_ bytes: [UInt8]) throws(Problem) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    /// A member of an object; `nil` when there is none or this is no object.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// A whole number within `Int`.
    package var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// A whole number from 0 to 2⁶⁴ - 1, such as a packet counter.
    package var counter: UInt64? {
        guard case .number(let text) = self else { return nil }
        return UInt64(text)
    }

    /// A text.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A list's values.
    package var array: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// An object's members.
    package var object: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    package init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    package init(integerLiteral value: Int) { self = .number("\(value)") }
    /// `true` or `false`.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A list.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object, its members in the order in which they are written.
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
}

extension JSON {
    /// A whole number.
    package static func number(_ value: some FixedWidthInteger & Sendable) -> JSON { .number(String(value)) }
}
