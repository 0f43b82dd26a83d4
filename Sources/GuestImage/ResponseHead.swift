/// The head of a server's answer, as curl writes it to a file while it comes; after redirects and proxies the last one counts (RFC 9112, 4).
struct ResponseHead: Hashable {
    /// The status code; 0 when there was no answer.
    var status = 0
    /// The whole length, as an earlier answer had it.
    var known: Int?
    private var fields: [String: String] = [:]

    init() {}

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("HTTP/") {
                self = ResponseHead()
                status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                fields[line[..<colon].lowercased()] = String(value)
            }
        }
    }

    /// The whole length of what is asked for, in bytes, if the server says so.
    var total: Int? {
        if let range = fields["content-range"] { return range.split(separator: "/").last.flatMap { Int($0) } }
        return status == 200 ? fields["content-length"].flatMap { Int($0) } : known
    }

    /// What tells that the rest belongs to the same file (RFC 9110, 13.1.5): a weak tag does not.
    var validator: String? {
        if let tag = fields["etag"], !tag.hasPrefix("W/") { return tag }
        return fields["last-modified"]
    }
}
