import JSON

extension InstallPlan {
    /// What happens to each file, as text; before it happens with the lines that come and go.
    package func text(isDry: Bool) -> String {
        guard isDry else { return lines.map { "\($0.path): \($0.action.rawValue)\n" }.joined() }
        return lines.map { line in
            let verb = line.action == .unchanged ? "unchanged" : "would be \(line.action.rawValue)"
            return "\(line.path): \(verb)\n" + difference(of: line).map { "  \($0)\n" }.joined()
        }.joined()
    }

    /// For `--json`.
    var json: [JSON] {
        lines.map { line in
            [
                "path": .string(line.path), "action": .string(line.action.identifier),
                "difference": .array(difference(of: line).map { .string($0) }),
            ]
        }
    }

    private func difference(of line: Line) -> [String] {
        changes.first { $0.path == line.path && line.action != .saved }?.difference ?? []
    }
}

extension FileChange {
    /// The lines that go, each after `- `, then those that come, each after `+ `; none if a content
    /// is no text.
    var difference: [String] {
        guard let old = Self.lines(before), let new = Self.lines(after) else { return [] }
        let changes = new.difference(from: old)
        func line(_ change: CollectionDifference<String>.Change) -> String {
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }
        return changes.removals.map(line) + changes.insertions.map(line)
    }

    private static func lines(_ content: [UInt8]?) -> [String]? {
        guard let content else { return [] }
        return content.contains(0)
            ? nil : String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
