import XML

extension PlotShape {
    /// The shape around a point, with what a pointer over it shows.
    func svg(x: Double, y: Double, style: String, tip: String) -> XML {
        let title: XML = tip.isEmpty ? "" : "<title>\(tip.withXMLCharacters)</title>"
        func n(_ value: Double) -> String { NumberText.short(value, 1) }
        switch self {
        case .disk: return "<circle class='disk \(style)' cx='\(n(x))' cy='\(n(y))' r='4'>\(title)</circle>\n"
        case .ring: return "<circle class='ring \(style)' cx='\(n(x))' cy='\(n(y))' r='3.5'>\(title)</circle>\n"
        case .square:
            return """
                <rect class='disk \(style)' x='\(n(x - 3.5))' y='\(n(y - 3.5))' width='7' height='7'>\(title)</rect>

                """
        case .triangle:
            return """
                <path class='disk \(style)' d='M\(n(x)) \(n(y - 5))L\(n(x + 5)) \(n(y + 4))H\(n(x - 5))z'>\
                \(title)</path>

                """
        case .cross:
            return """
                <path class='cross \(style)' d='M\(n(x - 4)) \(n(y - 4))L\(n(x + 4)) \(n(y + 4))\
                M\(n(x - 4)) \(n(y + 4))L\(n(x + 4)) \(n(y - 4))'>\(title)</path>

                """
        }
    }
}

extension PlotKey {
    /// The entry as an item of a list.
    var html: XML {
        let shape: XML
        switch sample {
        case .bar: shape = "<rect class='bar \(style)' x='2' y='2' width='12' height='12' rx='2'/>"
        case .line: shape = "<path class='line \(style)' d='M0 8H22'/>"
        case .point(let form): shape = form.svg(x: 8, y: 8, style: style, tip: "")
        }
        let width = sample == .line ? 22 : 16
        return """
            <li><svg width='\(width)' height='16' viewBox='0 0 \(width) 16' aria-hidden='true'>\(shape)</svg>\
            \(text.withXMLCharacters)</li>

            """
    }
}
