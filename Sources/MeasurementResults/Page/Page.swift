import XML

/// A page of HTML, complete by itself: no script, and nothing from elsewhere.
struct Page {
    let title: String
    var body: XML = ""

    init(_ title: String) { self.title = title.withXMLCharacters }

    /// The document.
    var text: String {
        let page: XML = """
            <!DOCTYPE html>
            <html lang='en'>
            <head>
            <meta charset='utf-8'/>
            <meta name='viewport' content='width=device-width, initial-scale=1'/>
            <meta name='color-scheme' content='light dark'/>
            <title>\(title)</title>
            <style>
            \(PageStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
        return String(decoding: page.bytes, as: UTF8.self)
    }

    mutating func heading(_ text: String) { body += "<h2>\(text.withXMLCharacters)</h2>\n" }
    mutating func subheading(_ text: String) { body += "<h3>\(text.withXMLCharacters)</h3>\n" }

    mutating func paragraph(_ text: String, style: String = "") {
        body += "<p class='\(style)'>\(text.withXMLCharacters)</p>\n"
    }

    mutating func list(_ lines: [String]) {
        if !lines.isEmpty { body += "<ul class='plain'>\n\(lines.map(Self.item))</ul>\n" }
    }

    /// Lines that stand out; `alert` or `note`.
    mutating func box(_ style: String, _ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        let role: XML = style == "alert" ? " role='alert'" : ""
        body += "<div class='\(style)'\(role)><strong>\(title)</strong><ul>\n\(lines.map(Self.item))</ul></div>\n"
    }

    /// A table of texts. Long texts, which wrap, are in `wrapped` columns, counted from 0.
    mutating func table(_ table: ResultTable, wrapped: Set<Int> = []) {
        guard !table.rows.isEmpty else { return }
        let rows = table.rows.map { row in
            row.enumerated().map { index, cell -> XML in
                let plain = index == 0 ? "name" : ""
                let style = wrapped.contains(index) ? "wrap" : plain
                return "<td class='\(style)'>\(cell.withXMLCharacters)</td>"
            }
        }
        self.table(table.head, rows)
    }

    /// A table of cells that are HTML.
    mutating func table(_ head: [String], _ rows: [[XML]]) {
        let cells: (String) -> XML = { "<th scope='col'>\($0.withXMLCharacters)</th>" }
        let row: ([XML]) -> XML = { "<tr>\($0)</tr>\n" }
        body += """
            <div class='scroll' tabindex='0'><table>
            <thead><tr>\(head.map(cells))</tr></thead>
            <tbody>
            \(rows.map(row))</tbody>
            </table></div>

            """
    }

    /// What a reader opens at will.
    mutating func details(_ summary: String, _ content: (inout Page) -> Void) {
        var inner = Page("")
        content(&inner)
        body += """
            <details><summary>\(summary.withXMLCharacters)</summary>
            \(inner.body)</details>

            """
    }

    private static func item(_ line: String) -> XML { "<li>\(line.withXMLCharacters)</li>\n" }
}
