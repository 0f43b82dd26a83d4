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
    public var document: String { printed(indent: "") }

    private func printed(indent: String) -> String {
        var result = "\(indent)<\(name)"
        for attribute in attributes { result += " \(attribute.name)='\(Self.escape(attribute.value))'" }
        if let text { return result + ">\(Self.escape(text))</\(name)>\n" }
        if children.isEmpty { return result + "/>\n" }
        result += ">\n"
        for child in children { result += child.printed(indent: indent + "  ") }
        return result + "\(indent)</\(name)>\n"
    }

    static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
