import CYAML

/// Builds nodes from libyaml's events. Aliases are replaced by what they stand for.
struct YAMLReader: ~Copyable {
    /// How many nodes may be inside one another, which bounds the recursion of the reader and of
    /// its callers.
    static let depthLimit = 100
    /// How many nodes the aliases of a text may stand for in all: a few lines of aliases of aliases
    /// stand for billions.
    static let aliasLimit = 100_000

    private struct Anchored {
        var node: YAMLNode
        /// The node with all that is in it, and how deep that is.
        var count: Int
        var height: Int
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var anchors: [String: Anchored] = [:]
    private var aliasedCount = 0

    /// `bytes` must outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        guard yaml.yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(message: "out of memory")
        }
        yaml.yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml.yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml.yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func documents() throws(YAMLError) -> [YAMLNode] {
        var documents: [YAMLNode] = []
        while true {
            switch try next().kind {
            case .documentStart:
                anchors = [:]
                documents.append(try node(try next(), depth: 1).node)
            case .end: return documents
            default: continue
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> Anchored {
        try check(depth: depth, at: event.mark)
        var result = Anchored(node: YAMLNode(content: .scalar(""), mark: event.mark), count: 1, height: 1)
        func add(_ child: Anchored) -> YAMLNode {
            result.count += child.count
            result.height = max(result.height, child.height + 1)
            return child.node
        }
        switch event.kind {
        case .alias(let name): return try resolve(name, depth: depth, at: event.mark)
        case .sequenceStart:
            var items: [YAMLNode] = []
            while let child = try child() { items.append(add(try node(child, depth: depth + 1))) }
            result.node.content = .sequence(items)
        case .mappingStart:
            var members: [(key: YAMLNode, value: YAMLNode)] = []
            while let child = try child() {
                let key = add(try node(child, depth: depth + 1))
                members.append((key, add(try node(try next(), depth: depth + 1))))
            }
            try checkKeys(members.map(\.key))
            result.node.content = .mapping(members)
        case .scalar(let text): result.node.content = .scalar(text)
        case .documentStart, .collectionEnd, .end, .other: break
        }
        if let anchor = event.anchor { anchors[anchor] = result }
        return result
    }

    private func child() throws(YAMLError) -> YAMLEvent? {
        let event = try next()
        return event.kind == .collectionEnd ? nil : event
    }

    /// An anchor is known when its node is whole, so that no node is within itself.
    private mutating func resolve(_ name: String, depth: Int, at mark: YAMLNode.Mark) throws(YAMLError) -> Anchored {
        guard let anchored = anchors[name] else { throw YAMLError(message: "found undefined alias", mark: mark) }
        try check(depth: depth + anchored.height - 1, at: mark)
        aliasedCount += anchored.count
        guard aliasedCount <= Self.aliasLimit else {
            throw YAMLError(message: "the aliases stand for more than \(Self.aliasLimit) nodes", mark: mark)
        }
        return anchored
    }

    private func check(depth: Int, at mark: YAMLNode.Mark) throws(YAMLError) {
        guard depth <= Self.depthLimit else {
            throw YAMLError(message: "more than \(Self.depthLimit) nodes are inside one another", mark: mark)
        }
    }

    private func checkKeys(_ keys: [YAMLNode]) throws(YAMLError) {
        var first: [String: YAMLNode.Mark] = [:]
        for key in keys {
            guard let text = key.text else { continue }
            if let mark = first.updateValue(key.mark, forKey: text) {
                throw YAMLError(message: "duplicate key '\(text)'", mark: mark)
            }
        }
    }

    private func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml.yaml_parser_parse(parser, &event) == 1 else { throw error }
        defer { yaml.yaml_event_delete(&event) }
        return YAMLEvent(event)
    }

    private var error: YAMLError {
        let message = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        switch parser.pointee.error {
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            return YAMLError(message: message, mark: .init(parser.pointee.problem_mark))
        default: return YAMLError(message: message)
        }
    }
}
