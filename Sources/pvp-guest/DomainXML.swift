import HelperCalls

/// The little that this program wants to know of a domain's XML; libvirt reads the rest.
struct DomainXML: Hashable, Sendable {
    /// The content of `<name>`.
    private(set) var name = ""
    /// Whether it carries our element in `<metadata>`.
    var isMarked: Bool { recordIndex != nil }
    /// Where an attribute of that element may be inserted.
    private(set) var recordIndex: String.Index?
    /// The vhost-user sockets on which the emulator will wait for the other end, in order.
    private(set) var vhostSockets: [String] = []
    /// Whether the agent in it has opened its channel, in the XML of a domain that runs.
    private(set) var hasAgent = false

    /// Reads the XML; of what is not well formed it reads what it can.
    init(_ xml: String) {
        var path: [String] = []
        var inVhost = false
        var rest = xml[...]
        while let open = rest.firstIndex(of: "<") {
            let text = rest[..<open]
            if path == ["domain", "name"] { name += text }
            rest = rest[open...]
            if rest.hasPrefix("<!--") {
                rest = rest.after("-->")
                continue
            }
            if rest.hasPrefix("<?") || rest.hasPrefix("<!") {
                rest = rest.after(">")
                continue
            }
            let tag = Tag(&rest)
            if tag.closes {
                if path.last == tag.name { path.removeLast() }
                continue
            }
            path.append(tag.name)
            switch path {
            case ["domain", "devices", "interface"]:
                inVhost = tag.attributes["type"] == "vhostuser"
            case ["domain", "devices", "channel", "target"]:
                if tag.attributes["name"] == "org.qemu.guest_agent.0", tag.attributes["state"] == "connected" {
                    hasAgent = true
                }
            case ["domain", "devices", "interface", "source"]:
                if inVhost, tag.attributes["mode"] == "server", let socket = tag.attributes["path"] {
                    vhostSockets.append(socket)
                }
            default:
                let isOurs = tag.attributes.contains {
                    $0.key.hasPrefix("xmlns") && $0.value == GuestCall.domainNamespace
                }
                if isOurs, recordIndex == nil, path.count == 3, path.starts(with: ["domain", "metadata"]) {
                    recordIndex = tag.nameEnd
                }
            }
            if tag.isEmpty { path.removeLast() }
        }
        name = name.unescaped
    }
}

/// A tag, from its `<` to its `>`.
struct Tag {
    var name = ""
    /// Where the name ends in the text.
    private(set) var nameEnd: String.Index
    var attributes: [String: String] = [:]
    /// `</name>`
    var closes = false
    /// `<name/>`
    var isEmpty = false

    /// Takes the tag at the start of `rest`.
    init(_ rest: inout Substring) {
        rest.removeFirst()
        nameEnd = rest.startIndex
        closes = rest.first == "/"
        if closes { rest.removeFirst() }
        name = String(rest.take { !$0.isWhitespace && $0 != ">" && $0 != "/" })
        nameEnd = rest.startIndex
        while let next = rest.first {
            if next == ">" {
                rest.removeFirst()
                return
            }
            if next == "/" || next.isWhitespace {
                isEmpty = next == "/"
                rest.removeFirst()
                continue
            }
            let key = rest.take { $0 != "=" && $0 != ">" && !$0.isWhitespace }
            _ = rest.take { $0 != "\"" && $0 != "'" && $0 != ">" }
            guard let quote = rest.first, quote != ">" else { continue }
            rest.removeFirst()
            attributes[String(key)] = String(rest.take { $0 != quote }).unescaped
            rest = rest.dropFirst()
        }
    }
}

extension Substring {
    /// Takes the longest start whose characters all are as wanted.
    fileprivate mutating func take(while wanted: (Character) -> Bool) -> Substring {
        let start = prefix(while: wanted)
        self = self[start.endIndex...]
        return start
    }

    /// What follows the first `mark`; empty if it does not occur.
    fileprivate func after(_ mark: String) -> Substring {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
            rest.removeFirst()
        }
        return rest
    }
}

extension String {
    /// With XML's own entities replaced.
    fileprivate var unescaped: String {
        guard contains("&") else { return self }
        let entities = ["lt": "<", "gt": ">", "quot": "\"", "apos": "'", "amp": "&"]
        var result = ""
        var rest = self[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            let entity = rest[mark...].dropFirst().prefix { $0 != ";" }
            guard let value = entities[String(entity)] else {
                result += "&"
                rest = rest[mark...].dropFirst()
                continue
            }
            result += value
            rest = rest[entity.endIndex...].dropFirst()
        }
        return result + rest
    }
}
