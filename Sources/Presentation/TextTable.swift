/// Rows of text in aligned columns, two spaces apart.
package struct TextTable {
    private var rows: [[String]]
    /// The columns with numbers in them.
    private let rightAligned: ClosedRange<Int>?

    /// A table with nothing but its head; `rightAligned` are the columns with numbers in them,
    /// counted from 0.
    package init(_ head: String..., rightAligned: ClosedRange<Int>? = nil) {
        rows = [head]
        self.rightAligned = rightAligned
    }

    /// A table whose number of columns depends on what it shows.
    package init(_ head: [String]) {
        rows = [head]
        rightAligned = nil
    }

    /// Adds a row.
    package mutating func add(_ cells: String...) { rows.append(cells) }

    /// Adds a row.
    package mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The rows below their head; nothing when there is only the head.
    package var text: String {
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
            for (column, (cell, width)) in zip(row, widths).enumerated() {
                let free = width - cell.unicodeScalars.count
                let isRight = rightAligned?.contains(column) ?? false
                // What is pending at the end of a line stays out.
                if !cell.isEmpty {
                    line += String(repeating: " ", count: isRight ? pad + free : pad) + cell
                    pad = 0
                }
                pad += isRight && !cell.isEmpty ? 2 : free + 2
            }
            text += line + "\n"
        }
        return text
    }
}
