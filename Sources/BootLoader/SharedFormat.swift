/// The format of a file of another owner that contains kernel arguments: where in it they are, and
/// how ours are added and removed.
package enum SharedFormat: String, Hashable, Sendable, CaseIterable {
    /// Nothing but arguments: `/etc/kernel/cmdline` (`kernel-install(8)`).
    case cmdline
    /// Lines that begin with `options` (UAPI.1 Boot Loader Specification, type #1).
    case entry
    /// `GRUB_CMDLINE_LINUX="…"` of a shell's file, which every entry gets.
    case grub
    /// `GRUB_CMDLINE_LINUX_DEFAULT="…"`, which rescue entries do not get.
    case grubDefault = "grub-default"

    /// What the lines that we add for a variable end with: the shell's comment.
    private static let mark = " # added by pvpgen install"

    /// Appends the missing arguments. Returns the text and the added arguments as written; present
    /// arguments have another owner.
    package func adding(_ arguments: [String], to text: [UInt8]) -> (text: [UInt8], added: [String]) {
        let ranges = ranges(in: text)
        let missing = ArgumentText.units(arguments).map(written).filter { unit in
            !ranges.contains { ArgumentText.last(unit, in: text, $0) != nil }
        }
        guard !missing.isEmpty else { return (text, []) }
        let addition = Array((" " + missing.joined(separator: " ")).utf8)
        guard let range = ranges.last else {
            return (text + end(of: text) + newLine(missing.joined(separator: " ")), missing)
        }
        return (Array(text[..<range.upperBound]) + addition + text[range.upperBound...], missing)
    }

    /// Removes what `adding` has added, at its present position; a missing argument is no error.
    package func removing(_ arguments: [String], from text: [UInt8]) -> [UInt8] {
        var text = text
        for argument in arguments.reversed() where !remove(argument, from: &text) {
            // Another process has inserted arguments, or changed their order.
            for word in argument.split(separator: " ").reversed() { remove(String(word), from: &text) }
        }
        return withoutEmptyLine(text)
    }

    @discardableResult private func remove(_ argument: String, from text: inout [UInt8]) -> Bool {
        for range in ranges(in: text).reversed() {
            guard let found = ArgumentText.last(argument, in: text, range) else { continue }
            // With the one space that was put before it.
            let hasSpace = found.lowerBound > range.lowerBound || self == .entry
            text.removeSubrange((hasSpace ? found.lowerBound - 1 : found.lowerBound)..<found.upperBound)
            return true
        }
        return false
    }

    /// Whether the text contains all of these.
    package func contains(_ arguments: [String], in text: [UInt8]) -> Bool {
        let ranges = ranges(in: text)
        return arguments.allSatisfy { argument in ranges.contains { ArgumentText.last(argument, in: text, $0) != nil } }
    }

    /// Returns all arguments in the text, as words.
    package func words(in text: [UInt8]) -> [String] {
        ranges(in: text).flatMap {
            text[$0].split(whereSeparator: ArgumentText.isSpace).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private var variable: String? {
        switch self {
        case .cmdline, .entry: nil
        case .grub: "GRUB_CMDLINE_LINUX"
        case .grubDefault: "GRUB_CMDLINE_LINUX_DEFAULT"
        }
    }

    /// As it stands in the file: within a shell's double quotes four characters are special.
    private func written(_ argument: String) -> String { variable == nil ? argument : Self.quoted(argument) }

    /// For a shell's double quotes.
    static func quoted(_ text: String) -> String {
        text.reduce(into: "") { $0 += "\\\"$`".contains($1) ? "\\\($1)" : String($1) }
    }

    private func newLine(_ arguments: String) -> [UInt8] {
        guard let variable else { return Array("\(self == .entry ? "options " : "")\(arguments)\n".utf8) }
        return Array("\(variable)=\"$\(variable) \(arguments)\"\(Self.mark)\n".utf8)
    }

    private func end(of text: [UInt8]) -> [UInt8] {
        text.isEmpty || text.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]
    }

    /// A line that was ours and has no arguments any more goes.
    private func withoutEmptyLine(_ text: [UInt8]) -> [UInt8] {
        let ours = variable.map { Array("\($0)=\"$\($0)\"\(Self.mark)".utf8) } ?? Array("options".utf8)
        guard self != .cmdline, let line = Self.lines(text).last(where: { text[$0].elementsEqual(ours) }) else {
            return text
        }
        return Array(text[..<line.lowerBound] + text[line.upperBound...].dropFirst())
    }

    /// Returns the ranges that may contain arguments.
    private func ranges(in text: [UInt8]) -> [Range<Int>] {
        switch self {
        case .cmdline:
            let end = text.lastIndex { !ArgumentText.isSpace($0) }.map { $0 + 1 } ?? 0
            return [0..<end]
        case .entry:
            return Self.lines(text).compactMap { line in
                guard text[line].starts(with: "options".utf8), line.count > 7,
                    ArgumentText.isSpace(text[line.lowerBound + 7])
                else {
                    return nil
                }
                return line.lowerBound + 8..<line.upperBound
            }
        case .grub, .grubDefault: return Self.lines(text).compactMap { Self.quotes(of: variable ?? "", text, $0) }
        }
    }

    /// What is within the quotes of an assignment that is a line of its own; `nil` for anything
    /// that only a shell would understand.
    private static func quotes(of variable: String, _ text: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        let start = line.lowerBound + variable.utf8.count + 2
        guard text[line].starts(with: "\(variable)=".utf8), start <= line.upperBound else { return nil }
        let quote = text[start - 1]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        var end = start
        while end < line.upperBound, text[end] != quote {
            end += quote == UInt8(ascii: "\"") && text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < line.upperBound else { return nil }
        let rest = text[(end + 1)..<line.upperBound].drop(while: ArgumentText.isSpace)
        return rest.isEmpty || rest.first == UInt8(ascii: "#") ? start..<end : nil
    }

    /// Without their ends.
    private static func lines(_ text: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: "\n") {
            lines.append(start..<index)
            start = index + 1
        }
        if start < text.count { lines.append(start..<text.count) }
        return lines
    }
}
