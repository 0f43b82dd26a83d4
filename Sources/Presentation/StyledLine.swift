/// A line of pieces with an emphasis each.
package struct StyledLine: Hashable, Sendable {
    /// A piece.
    package struct Piece: Hashable, Sendable {
        package var emphasis: Emphasis
        package var text: String
    }

    /// From left to right.
    package var pieces: [Piece] = []

    package init(_ text: String = "", _ emphasis: Emphasis = .plain) { add(text, emphasis) }

    /// Adds a piece at the end.
    package mutating func add(_ text: String, _ emphasis: Emphasis = .plain) {
        if !text.isEmpty { pieces.append(Piece(emphasis: emphasis, text: text)) }
    }

    /// The text with the pieces as `paint` returns them, without an end of line.
    package func text(_ paint: (Emphasis, String) -> String = { $1 }) -> String {
        pieces.map { paint($0.emphasis, $0.text) }.joined()
    }

    /// The line for a terminal with so many columns. What does not fit is left out of the middle of
    /// the last piece, because both of its ends may matter, or else at the end.
    package func fitted(to columns: Int) -> StyledLine {
        guard let last = pieces.last, pieces.map(\.text.unicodeScalars.count).reduce(0, +) > columns else {
            return self
        }
        var line = self
        line.pieces.removeLast()
        let left = columns - line.pieces.map(\.text.unicodeScalars.count).reduce(0, +)
        if left < 10 { return prefix(columns) }
        let scalars = last.text.unicodeScalars
        let head = String.UnicodeScalarView(scalars.prefix(left / 3))
        line.add(
            "\(String(head))…\(String(String.UnicodeScalarView(scalars.suffix(left - left / 3 - 1))))", last.emphasis)
        return line
    }

    private func prefix(_ columns: Int) -> StyledLine {
        var left = columns
        var line = StyledLine()
        for piece in pieces {
            let scalars = piece.text.unicodeScalars.prefix(left)
            left -= scalars.count
            line.add(String(String.UnicodeScalarView(scalars)), piece.emphasis)
        }
        return line
    }
}
