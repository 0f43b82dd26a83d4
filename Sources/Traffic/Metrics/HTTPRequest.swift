import Diagnostics

/// The head of a request (RFC 9112): as much of it as an answer needs.
package struct HTTPRequest: Hashable, Sendable {
    /// How many bytes a head may have.
    package static let limit = 8192

    /// What is wrong with one: the status of the answer, and why.
    package struct Mistake: Error, Hashable, Sendable {
        /// 400 to 599.
        package var status: Int
        /// In a few words.
        package var reason: String

        package init(_ status: Int, _ reason: String) {
            self.status = status
            self.reason = reason
        }
    }

    /// Such as `GET`.
    package var method: String
    /// The path, without what is behind a `?`.
    package var path: String

    /// Whether the bytes hold a whole head: it ends with an empty line.
    package static func isWhole(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        skipEmptyLines(&rest)
        while let end = rest.firstIndex(of: newline) {
            if trimmed(rest[..<end]).isEmpty { return true }
            rest = rest[(end + 1)...]
        }
        return false
    }

    /// Reads a whole head. Of a line end, the carriage return may be missing (RFC 9112, 2.2).
    package init(_ bytes: [UInt8]) throws(Mistake) {
        var rest = bytes[...]
        Self.skipEmptyLines(&rest)
        let lines = rest.split(separator: Self.newline, omittingEmptySubsequences: false).map { Self.trimmed($0) }
        let words = (lines.first ?? []).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 3, Self.isToken(words[0]), words[1].allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
            !words[1].isEmpty
        else {
            throw Mistake(400, "the first line is no request")
        }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version.hasPrefix("HTTP/") else { throw Mistake(400, "the first line is no request") }
        // Another minor version is for a server what 1.1 is (RFC 9110, 2.5).
        guard version.utf8.count == 8, version.hasPrefix("HTTP/1."), version.last?.isNumber == true else {
            throw Mistake(505, "expected HTTP/1.0 or HTTP/1.1")
        }
        let hosts = try Self.countHosts(lines.dropFirst().prefix { !$0.isEmpty })
        // RFC 9112, 3.2.
        guard hosts == 1 || hosts == 0 && version == "HTTP/1.0" else { throw Mistake(400, "expected one Host:") }
        method = String(decoding: words[0], as: UTF8.self)
        path = Self.path(String(decoding: words[1], as: UTF8.self))
    }

    private static let newline = UInt8(ascii: "\n")

    /// Empty lines before a request are ignored (RFC 9112, 2.2).
    private static func skipEmptyLines(_ bytes: inout ArraySlice<UInt8>) {
        bytes = bytes.drop { $0 == UInt8(ascii: "\r") || $0 == newline }
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    private static func countHosts(_ lines: some Sequence<ArraySlice<UInt8>>) throws(Mistake) -> Int {
        var hosts = 0
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon]),
                line.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 })
            else { throw Mistake(400, "a header is malformed") }
            if String(decoding: line[..<colon], as: UTF8.self).lowercased() == "host" { hosts += 1 }
        }
        return hosts
    }

    /// A name within HTTP (RFC 9110, 5.6.2).
    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        let special = Set("!#$%&'*+-.^_`|~".utf8)
        return !bytes.isEmpty
            && bytes.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: special.contains($0)
                }
            }
    }

    /// A target may be a whole address, as a proxy would have it (RFC 9112, 3.2.2).
    private static func path(_ target: String) -> String {
        var path = target[...]
        if let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) {
            let rest = target.dropFirst(scheme.count)
            path = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
        }
        return String(path.prefix { $0 != "?" })
    }
}
