/// Host names (RFC 1123, section 2.1).
package enum HostName {
    /// The name of a guest as one label of a host name: letters, digits and '-', 63 at most.
    package static func label(_ name: String) -> String {
        let other = [UInt8(ascii: "_"), UInt8(ascii: ".")]
        return String(
            decoding: name.utf8.prefix(63).map { other.contains($0) ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}
