/// A value of a D-Bus message by its meaning (D-Bus specification, "Type System"): a reader needs
/// neither the widths of integers nor whether a value was in a variant.
package indirect enum BusValue: Hashable, Sendable {
    case boolean(Bool)
    case signed(Int64)
    case unsigned(UInt64)
    case double(Double)
    /// A string, an object path or a signature.
    case string(String)
    /// An array of bytes, which is how systemd sends sets of CPUs.
    case bytes([UInt8])
    /// An array, a structure or an entry of a dictionary.
    case list([BusValue])

    /// The text, if this is one.
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The number, if this is an unsigned one.
    package var unsigned: UInt64? { if case .unsigned(let number) = self { number } else { nil } }

    /// The bytes, if this is an array of bytes.
    package var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

    /// The elements, if this is an array, a structure or an entry of a dictionary.
    package var list: [BusValue]? { if case .list(let values) = self { values } else { nil } }

    /// The values of an array of entries by their names; entries of another form are left out.
    package var dictionary: [String: BusValue] {
        (list ?? []).reduce(into: [:]) { result, entry in
            if let pair = entry.list, pair.count == 2, let name = pair[0].string { result[name] = pair[1] }
        }
    }
}
