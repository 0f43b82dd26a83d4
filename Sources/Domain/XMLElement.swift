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
    public var document: String { String(decoding: bytes, as: UTF8.self) }

    /// The document in UTF-8.
    public var bytes: [UInt8] {
        var document: [UInt8] = []
        document.reserveCapacity(4096)
        print(to: &document, indent: 0)
        return document
    }

    private func print(to document: inout [UInt8], indent: Int) {
        document.append(blanks: indent)
        document.append(UInt8(ascii: "<"))
        document.append(name)
        for attribute in attributes {
            document.append(UInt8(ascii: " "))
            document.append(attribute.name)
            document.append(UInt8(ascii: "="))
            document.append(UInt8(ascii: "'"))
            document.append(escaping: attribute.value)
            document.append(UInt8(ascii: "'"))
        }
        if let text {
            document.append(UInt8(ascii: ">"))
            document.append(escaping: text)
        } else if children.isEmpty {
            return document.append("/>\n")
        } else {
            document.append(">\n")
            for child in children { child.print(to: &document, indent: indent + 2) }
            document.append(blanks: indent)
        }
        document.append("</")
        document.append(name)
        document.append(">\n")
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    fileprivate mutating func append(blanks count: Int) {
        for _ in 0..<count { append(UInt8(ascii: " ")) }
    }

    fileprivate mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { bytes in
            var copied = 0
            for index in bytes.indices {
                let entity: String
                switch bytes[index] {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "'"): entity = "&apos;"
                default: continue
                }
                append(contentsOf: bytes[copied..<index])
                append(entity)
                copied = index + 1
            }
            append(contentsOf: bytes[copied...])
        }
    }
}
