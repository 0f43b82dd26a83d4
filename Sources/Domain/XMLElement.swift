/// An XML element: a value to build documents of. Text and attribute values are escaped when it is printed.
public struct XMLElement: Hashable, Sendable {
    /// The element's name.
    public var name: String
    /// Attributes in the order in which they are printed.
    private var attributes: [Attribute]
    /// Elements within.
    public var children: [XMLElement]
    /// Text within; an element has text or children.
    public var text: String?

    private struct Attribute: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// An element, such as `XMLElement("vcpu", ["placement": "static"], text: "3")`.
    public init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String? = nil, containing children: [XMLElement] = []
    ) {
        self.name = name
        self.attributes = attributes.map { Attribute(name: $0.key, value: $0.value) }
        self.text = text
        self.children = children
    }

    /// The document, two spaces a level, with a newline at its end.
    public var document: String {
        var bytes: [UInt8] = []
        print(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func print(to document: inout [UInt8], indent: Int) {
        let margin = repeatElement(UInt8(ascii: " "), count: indent)
        document += margin
        document += "<".utf8
        document += name.utf8
        for attribute in attributes {
            document += " ".utf8
            document += attribute.name.utf8
            document += "='".utf8
            Self.escape(attribute.value, to: &document)
            document += "'".utf8
        }
        if let text {
            document += ">".utf8
            Self.escape(text, to: &document)
        } else if children.isEmpty {
            document += "/>\n".utf8
            return
        } else {
            document += ">\n".utf8
            for child in children { child.print(to: &document, indent: indent + 2) }
            document += margin
        }
        document += "</".utf8
        document += name.utf8
        document += ">\n".utf8
    }

    private static func escape(_ text: String, to document: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): document += "&amp;".utf8
            case UInt8(ascii: "<"): document += "&lt;".utf8
            case UInt8(ascii: ">"): document += "&gt;".utf8
            case UInt8(ascii: "'"): document += "&apos;".utf8
            default: document.append(byte)
            }
        }
    }
}
