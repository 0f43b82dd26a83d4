/// As much of Ansible's expressions as can be worked out without Ansible: `{{ name }}` of another
/// variable.
enum Jinja {
    /// The text with each `{{ name }}` replaced, and the expressions for which that cannot be done.
    static func resolve(_ text: String, with variables: [String: Variable]) -> (text: String, unresolved: [String]) {
        // Variables may refer to each other in a circle.
        resolve(text, with: variables, depth: 8)
    }

    private static func resolve(_ text: String, with variables: [String: Variable], depth: Int) -> (
        text: String, unresolved: [String]
    ) {
        var result = ""
        var unresolved: [String] = []
        for part in parts(text) {
            guard let expression = part.expression else {
                result += part.text
                continue
            }
            guard depth > 0, result.utf8.count < 1 << 16, case .text(let value)? = variables[expression]?.value else {
                unresolved.append(part.text)
                continue
            }
            let inner = resolve(value, with: variables, depth: depth - 1)
            result += inner.text
            unresolved += inner.unresolved
            if !unresolved.isEmpty { break }
        }
        return (result, unresolved)
    }

    /// The names and whole expressions in it.
    static func names(in text: String) -> [String] { parts(text).compactMap(\.expression) }

    /// The name, when the text is one expression and nothing else.
    static func onlyName(_ text: String) -> String? {
        let all = parts(text)
        return all.count == 1 ? all[0].expression : nil
    }

    private struct Part {
        var text: String
        /// What is between the braces.
        var expression: String?
    }

    private static func parts(_ text: String) -> [Part] {
        let bytes = Array(text.utf8)
        var parts: [Part] = []
        var start = 0
        var index = 0
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "{"), [UInt8(ascii: "{"), UInt8(ascii: "%")].contains(bytes[index + 1])
            else {
                index += 1
                continue
            }
            var end = index + 2
            let close = bytes[index + 1] == UInt8(ascii: "%") ? UInt8(ascii: "%") : UInt8(ascii: "}")
            while end + 1 < bytes.count, bytes[end] != close || bytes[end + 1] != UInt8(ascii: "}") { end += 1 }
            end = min(end + 2, bytes.count)
            if start < index { parts.append(Part(text: part(start..<index))) }
            let whole = part(index..<end)
            parts.append(
                Part(text: whole, expression: whole.hasPrefix("{{") ? trimmed(whole.dropFirst(2).dropLast(2)) : whole))
            start = end
            index = end
        }
        if start < bytes.count { parts.append(Part(text: part(start..<bytes.count))) }
        return parts
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
