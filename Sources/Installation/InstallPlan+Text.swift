extension InstallPlan {
    /// What happens to each file, as text; before it happens with the lines that come and go.
    package func text(isDry: Bool) -> String {
        guard isDry else { return lines.map { "\($0.path): \($0.action.rawValue)\n" }.joined() }
        return lines.map { line in
            let verb = line.action == .unchanged ? "unchanged" : "would be \(line.action.rawValue)"
            return "\(line.path): \(verb)\n"
                + (changes.first { $0.path == line.path && line.action != .saved }.map(\.difference) ?? "")
        }.joined()
    }
}

extension FileChange {
    /// The lines that come and go; what is no text is not shown.
    var difference: String {
        guard let old = Self.lines(before), let new = Self.lines(after) else { return "" }
        var removed = ""
        var added = ""
        for change in new.difference(from: old) {
            switch change {
            case .remove(_, let line, _): removed += "  - \(line)\n"
            case .insert(_, let line, _): added += "  + \(line)\n"
            }
        }
        return removed + added
    }

    private static func lines(_ content: [UInt8]?) -> [String]? {
        guard let content else { return [] }
        return content.contains(0)
            ? nil : String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
