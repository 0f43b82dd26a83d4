import Diagnostics

/// Returns docs/reference/errors.md, from the table of error codes.
package func errorReference(_ groups: [CodeGroup] = CodeGroup.all) -> String {
    var page = """
        # Error codes

        Each error and each warning has a code. `--json` prints it in the key `code`, `pvpgen explain CODE`
        prints its entry. Codes do not change between releases: scripts can depend on them, and not on
        messages. This page is generated from the table in `Sources/Manual/Codes/`.


        """
    for group in groups { page += "- [\(group.title)](#\(anchor(of: group.title)))\n" }
    for group in groups {
        page += "\n## \(group.title)\n"
        for entry in group.codes {
            page += "\n### \(entry.code.rawValue)\n\n"
            page += paragraph("**\(entry.title).** \(entry.meaning)")
            page += "\n" + paragraph("Usual causes: \(entry.causes)")
            page += "\n" + paragraph("Action: \(entry.action)")
        }
    }
    return page
}

/// The anchor that a Markdown renderer gives a heading.
private func anchor(of heading: String) -> String {
    String(heading.lowercased().map { $0 == " " ? "-" : $0 })
}

private func paragraph(_ text: String) -> String { wrapped(text, to: 100).joined(separator: "\n") + "\n" }
