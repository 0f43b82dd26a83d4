import XML

/// Shapes and text in the order in which they are painted (SVG 1.1). Lengths are in user units, a
/// pixel each.
struct Canvas {
    /// A line for each.
    private(set) var elements: XML = ""

    /// A box, with what a pointer over it shows.
    mutating func box(_ style: String, x: Int, y: Int, width: Int, height: Int, round: Int = 4, tip: String = "") {
        let end: XML = tip.isEmpty ? "/>" : ">\n    <title>\(tip.withXMLCharacters)</title>\n  </rect>"
        elements +=
            "  <rect class='\(style)' x='\(x)' y='\(y)' width='\(width)' height='\(height)' rx='\(round)'\(end)\n"
    }

    /// A line of text; `y` is its base line.
    mutating func text(_ style: String, _ text: String, x: Int, y: Int) {
        elements += "  <text class='\(style)' x='\(x)' y='\(y)'>\(text.withXMLCharacters)</text>\n"
    }

    /// An arrow with a head at both ends.
    mutating func arrow(from x: Int, to end: Int, y: Int) {
        elements += """
              <line class='way' x1='\(x)' y1='\(y)' x2='\(end)' y2='\(y)' marker-start='url(#head)' \
            marker-end='url(#head)'/>

            """
    }

    /// A text cut to a number of characters.
    static func fit(_ text: String, _ limit: Int) -> String {
        text.unicodeScalars.count <= limit
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
    }
}
