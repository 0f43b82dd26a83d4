/// Rows of text in aligned columns, two spaces apart.
struct TextTable {
    private var rows: [[String]]

    init(_ head: String...) { rows = [head] }

    mutating func add(_ cells: String...) { rows.append(cells) }

    /// The rows below their head; nothing when there is only the head.
    var text: String {
        guard rows.count > 1 else { return "" }
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.unicodeScalars.count)
            }
        }
        var text = ""
        for row in rows {
            var line = ""
            var pad = 0
            for (cell, width) in zip(row, widths) {
                // What is pending at the end of a line stays out.
                if !cell.isEmpty {
                    line += String(repeating: " ", count: pad) + cell
                    pad = 0
                }
                pad += width + 2 - cell.unicodeScalars.count
            }
            text += line + "\n"
        }
        return text
    }
}
