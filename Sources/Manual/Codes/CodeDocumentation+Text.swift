import Diagnostics
package import JSON
package import Presentation

extension CodeDocumentation {
    /// All of it for people.
    package func text(_ style: Style) -> String {
        var text = "\(style.bold(code.rawValue)): \(title)\n"
        for line in wrapped(meaning, to: 78) { text += "  \(line)\n" }
        for (head, paragraph) in [("Causes", causes), ("Action", action)] {
            for (number, line) in wrapped(paragraph, to: 69).enumerated() {
                let lead = number == 0 ? "\(head)   " : "         "
                text += "  \(lead)\(line)\n"
            }
        }
        return text
    }

    /// All of it for programs.
    package var json: JSON {
        [
            "code": .string(code.rawValue), "title": .string(title), "meaning": .string(meaning),
            "causes": .string(causes),
            "action": .string(action),
        ]
    }
}

extension CodeGroup {
    /// A line for each code, below its group.
    package static func list(_ style: Style) -> String {
        let width = all.flatMap(\.codes).map(\.code.rawValue.utf8.count).max() ?? 0
        return all.map { group in
            let lines = group.codes.map { entry in
                let gap = String(repeating: " ", count: width + 2 - entry.code.rawValue.utf8.count)
                return "\(entry.code.rawValue)\(gap)\(entry.title)\n"
            }
            return style.bold(group.title) + "\n" + lines.joined()
        }.joined(separator: "\n")
    }
}
