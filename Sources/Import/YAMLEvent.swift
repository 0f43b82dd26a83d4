import CYAML

/// An event of libyaml's parser, without what nodes do not need.
struct YAMLEvent {
    enum Kind: Equatable {
        case documentStart
        case alias(String)
        case scalar(String)
        case sequenceStart
        case mappingStart
        case collectionEnd
        case end
        case other
    }

    var kind: Kind
    var anchor: String?
    var mark: YAMLNode.Mark

    /// Copies what is needed: `event` may be deleted afterwards.
    init(_ event: yaml_event_t) {
        mark = .init(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_ALIAS_EVENT: kind = .alias(Self.name(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            // A scalar may have NUL in it.
            kind = .scalar(
                String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self))
            anchor = Self.name(scalar.anchor)
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            anchor = Self.name(event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            anchor = Self.name(event.data.mapping_start.anchor)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .collectionEnd
        case YAML_STREAM_END_EVENT: kind = .end
        default: kind = .other
        }
    }

    private static func name(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        pointer.map { String(decodingCString: $0, as: UTF8.self) }
    }
}

extension YAMLNode.Mark {
    init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }
}
