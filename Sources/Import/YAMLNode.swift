import Diagnostics

/// A node of a YAML document. A scalar is its text, whatever type a schema gives it: `yes` stays
/// `yes`, `0000:17:00.0` is no number.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    /// A position in the text, both from 1; the column counts Unicode scalars.
    package struct Mark: Hashable, Sendable {
        package var line: Int
        package var column: Int
    }

    package var content: Content
    /// Where the node starts; for an alias, where its anchor is.
    package var mark: Mark

    /// Returns the root of each document of a text.
    package static func documents(_ text: String) throws(YAMLError) -> [YAMLNode] {
        do throws(Problem) {
            try loadYAML()
        } catch {
            throw YAMLError(message: error.message)
        }
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) in
            var reader = try YAMLReader(buffer)
            return try reader.documents()
        }
    }

    /// The text of a scalar.
    package var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// The items of a sequence; none for other nodes.
    package var items: [YAMLNode] {
        if case .sequence(let items) = content { items } else { [] }
    }

    /// The keys and values of a mapping, in the order of the text.
    package var members: [(key: YAMLNode, value: YAMLNode)]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The value of a mapping's key.
    package subscript(key: String) -> YAMLNode? { members?.first { $0.key.text == key }?.value }
}
