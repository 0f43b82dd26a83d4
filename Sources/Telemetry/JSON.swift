public import Diagnostics

/// A value of JSON (RFC 8259), as DPDK's telemetry sends it.
public enum JSON: Hashable, Sendable {
    /// `null`: also the answer to a question that telemetry does not know.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it was written, because a 64-bit counter does not fit a `Double`.
    case number(String)
    /// A text.
    case string(String)
    /// A list.
    case array([JSON])
    /// Members by name; of two with one name the later counts.
    case object([String: JSON])

    /// Reads one value. Throws `json-malformed` with the offset in bytes; lists and objects may lie within each other 64 deep.
    public init(_ bytes: [UInt8]) throws(Problem) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    /// A member of an object; `nil` when there is none or this is no object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// A whole number within `Int`.
    public var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// A whole number from 0 to 2⁶⁴ - 1, such as a packet counter.
    public var counter: UInt64? {
        guard case .number(let text) = self else { return nil }
        return UInt64(text)
    }

    /// A text.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A list's values.
    public var array: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// An object's members.
    public var object: [String: JSON]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
