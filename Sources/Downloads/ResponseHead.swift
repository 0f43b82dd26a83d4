/// The head of a server's answer, as curl writes it to a file while it comes; after redirects and
/// proxies the last one counts (RFC 9112, 4).
package struct ResponseHead: Hashable {
    /// The status code; 0 when there was no answer.
    package var status = 0
    /// The whole length, as an earlier answer had it.
    package var known: Int?
    private var fields: [String: String] = [:]

    package init() {}

    package init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("HTTP/") {
                self = ResponseHead()
                status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            } else if let colon = line.firstIndex(of: ":") {
                // A field without a value says nothing.
                let value = Self.trimmed(line[line.index(after: colon)...])
                fields[line[..<colon].lowercased()] = value.isEmpty ? nil : String(value)
            }
        }
    }

    /// The whole length of what is asked for, in bytes, if the server says so.
    package var total: Int? {
        if let range = fields["content-range"] { return range.split(separator: "/").last.flatMap(Self.length) ?? known }
        return status == 200 ? fields["content-length"].flatMap(Self.length) : known
    }

    /// Digits alone (RFC 9110, 8.6): `Int` takes a sign as well.
    private static func length(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
    }

    /// Without the white space around a field's value (RFC 9110, 5.5).
    private static func trimmed(_ text: Substring) -> Substring {
        let text = text.drop { " \t".contains($0) }
        return text.prefix(upTo: text.lastIndex { !" \t".contains($0) }.map(text.index(after:)) ?? text.startIndex)
    }

    /// Whether the content is an HTML page. Upper and lower case are equal in a media type, and
    /// parameters such as the character set may follow (RFC 9110, 8.3.1).
    package var isHTML: Bool {
        guard let type = fields["content-type"]?.split(separator: ";").first else { return false }
        return Self.trimmed(type).lowercased() == "text/html"
    }

    /// What `If-Range` may name (RFC 9110, 13.1.5): a strong entity tag; without any tag the time
    /// of the last change, if that is a strong validator. `nil` when nothing says whether a later
    /// answer is of the same file.
    package var validator: String? {
        if let tag = fields["etag"] { return tag.hasPrefix("W/") ? nil : tag }
        return hasStrongDate ? fields["last-modified"] : nil
    }

    /// The time of the last change is a strong validator if the answer is so much later that the
    /// file cannot have changed twice in the same second, whatever the clocks (RFC 9110, 8.8.2.2; a
    /// minute is what RFC 7232 asked for).
    private var hasStrongDate: Bool {
        guard let changed = fields["last-modified"].flatMap({ HTTPDate($0) }),
            let sent = fields["date"].flatMap({ HTTPDate($0) })
        else { return false }
        return sent.seconds - changed.seconds >= 60
    }

    /// Whether a partial answer is of the same content as this answer. Fields that only one of the
    /// two has say nothing: a server that honours `If-Range` may leave them out (RFC 9110, 15.3.7).
    package func isSameFile(as part: ResponseHead) -> Bool {
        func agrees<Value: Equatable>(_ one: Value?, _ other: Value?) -> Bool {
            one == nil || other == nil || one == other
        }
        return agrees(total, part.total) && agrees(fields["etag"], part.fields["etag"])
            && agrees(fields["last-modified"], part.fields["last-modified"])
    }
}
