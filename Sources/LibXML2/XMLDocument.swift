import CLibXML2
package import Diagnostics

/// A document of XML, read by libxml2. Parts of it are named by expressions of XPath 1.0. For use
/// by one thread.
package final class XMLDocument {
    private let document: xmlDocPtr

    /// Reads a document. It may not have a document type declaration, so it has no entities of its
    /// own, and nothing is read from other files or the network.
    ///
    /// - Throws: `library-missing`; `code` with `remedy`, and with the line and column in `file`,
    ///   if the text is not well-formed.
    package init(_ text: String, file: String, code: Problem.Code, remedy: String) throws(Problem) {
        try loadXML()
        let context = xml.xmlNewParserCtxt()
        defer { xml.xmlFreeParserCtxt(context) }
        let first = FirstError()
        context?.pointee._private = Unmanaged.passUnretained(first).toOpaque()
        context?.pointee.sax.pointee.serror = { context, error in
            guard let context = context?.assumingMemoryBound(to: xmlParserCtxt.self).pointee, let error else { return }
            let first = Unmanaged<FirstError>.fromOpaque(context._private).takeUnretainedValue()
            if first.error == nil, error.pointee.level == XML_ERR_FATAL { first.error = .init(error.pointee) }
        }
        let read = withExtendedLifetime(first) {
            xml.xmlCtxtReadMemory(
                context, text, Int32(clamping: text.utf8.count), nil, nil, Int32(XML_PARSE_NONET.rawValue))
        }
        guard let document = read else {
            let error = first.error
            let line = max(1, error?.line ?? 1)
            let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
            throw Problem(
                code, "invalid XML: \(error?.message ?? "cannot be read")", remedy: remedy,
                at: SourceLocation(
                    file: file, line: line, column: max(1, error?.column ?? 1),
                    text: lines.indices.contains(line - 1) ? String(lines[line - 1]) : ""))
        }
        self.document = document
        if document.pointee.intSubset != nil {
            throw Problem(code, "\(file): invalid XML: expected no document type declaration", remedy: remedy)
        }
    }

    deinit { xml.xmlFreeDoc(document) }

    /// The text of all elements or attributes that an expression selects, in the document's order.
    package func texts(_ path: String) -> [String] { select(path, Self.text) }

    /// The attributes of each element that an expression selects, by their local names.
    package func attributes(_ path: String) -> [[String: String]] {
        select(path) { element in
            var result: [String: String] = [:]
            var next = element.pointee.properties
            while let attribute = next {
                let node = UnsafeMutableRawPointer(attribute).assumingMemoryBound(to: xmlNode.self)
                result[String(cString: attribute.pointee.name)] = Self.text(node)
                next = attribute.pointee.next
            }
            return result
        }
    }

    /// Sets an attribute of each element that an expression selects.
    package func set(_ attribute: String, to value: String, on path: String) {
        _ = select(path) { xml.xmlSetProp($0, attribute, value) }
    }

    /// The document as text, without what is around its element.
    package var text: String {
        Self.text { _ = xml.xmlNodeDump($0, document, xml.xmlDocGetRootElement(document), 0, 0) }
    }

    private func select<Result>(_ path: String, _ body: (xmlNodePtr) -> Result) -> [Result] {
        let context = xml.xmlXPathNewContext(document)
        defer { xml.xmlXPathFreeContext(context) }
        let object = xml.xmlXPathEvalExpression(path, context)
        defer { xml.xmlXPathFreeObject(object) }
        guard let nodes = object?.pointee.nodesetval?.pointee else { return [] }
        return (0..<Int(nodes.nodeNr)).compactMap { nodes.nodeTab[$0].map(body) }
    }

    private static func text(_ node: xmlNodePtr) -> String { text { _ = xml.xmlNodeBufGetContent($0, node) } }

    private static func text(_ write: (xmlBufferPtr) -> Void) -> String {
        guard let buffer = xml.xmlBufferCreate() else { return "" }
        defer { xml.xmlBufferFree(buffer) }
        write(buffer)
        return xml.xmlBufferContent(buffer).map { String(cString: $0) } ?? ""
    }
}

/// The first error that ends a document: what follows it is often of its making.
private final class FirstError {
    struct Content {
        var message: String
        var line: Int
        var column: Int

        init(_ error: xmlError) {
            let text = error.message.map { String(cString: $0) } ?? ""
            message = String(text.prefix { $0 != "\n" })
            line = Int(error.line)
            column = Int(error.int2)
        }
    }

    var error: Content?
}
