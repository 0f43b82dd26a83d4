/// The `%` specifiers in values (systemd.unit(5), "Specifiers").
package enum Specifier {
    /// Doubles every `%`, so that systemd gives the text back as it is.
    package static func escape(_ text: String) -> String {
        guard text.utf8.contains(Byte.percent) else { return text }
        return String(decoding: text.utf8.flatMap { $0 == Byte.percent ? [$0, $0] : [$0] }, as: UTF8.self)
    }
}
