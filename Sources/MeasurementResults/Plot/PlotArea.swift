import XML

/// The rectangle between the axes, and what is in it.
struct PlotArea {
    private let layout: Plot.Layout
    private let content: Plot.Content
    private let left: Double
    private let right: Double
    private let top = 30.0
    private let bottom: Double

    init(_ layout: Plot.Layout, _ content: Plot.Content) {
        self.layout = layout
        self.content = content
        // A digit of 12 pixels is 7 wide.
        let longest = content.y.ticks.map { $0.text.unicodeScalars.count }.max() ?? 1
        left = 14 + 7 * Double(longest)
        right = layout.width - 16
        bottom = layout.height - 46
    }

    private func x(_ value: Double) -> Double { left + content.x.scale.fraction(value) * (right - left) }
    private func y(_ value: Double) -> Double { bottom - content.y.scale.fraction(value) * (bottom - top) }
    private func n(_ value: Double) -> String { NumberText.short(value, 1) }

    /// Axes, their ticks and titles.
    var frame: XML {
        var xml: XML = """
            <text class='axis' x='0' y='14'>\(content.y.title.withXMLCharacters)</text>
            <text class='axis' x='\(n(right))' y='\(n(layout.height - 6))' text-anchor='end'>\
            \(content.x.title.withXMLCharacters)</text>

            """
        for tick in content.y.ticks {
            let y = y(tick.value)
            xml += """
                <path class='grid' d='M\(n(left)) \(n(y))H\(n(right))'/>\
                <text x='\(n(left - 6))' y='\(n(y + 4))' text-anchor='end'>\(tick.text)</text>

                """
        }
        for tick in content.x.ticks {
            let x = x(tick.value)
            if !content.x.isCategorical {
                xml += "<path class='tick' d='M\(n(x)) \(n(bottom))V\(n(bottom + 4))'/>"
            }
            xml +=
                "<text x='\(n(x))' y='\(n(bottom + 18))' text-anchor='middle'>\(tick.text.withXMLCharacters)</text>\n"
        }
        xml += "<path class='base' d='M\(n(left)) \(n(bottom))H\(n(right))'/>\n"
        return xml
    }

    /// A mark.
    func svg(_ mark: PlotMark) -> XML {
        switch mark {
        case .bar(let from, let to, let height, let style, let tip):
            let (start, end, top) = (x(from), x(to), y(height))
            return """
                <rect class='bar \(style)' x='\(n(start))' y='\(n(top))' width='\(n(max(1, end - start)))' \
                height='\(n(max(0, bottom - top)))'><title>\(tip.withXMLCharacters)</title></rect>

                """
        case .line(let points, let style):
            guard let first = points.first else { return "" }
            var path = "M\(n(x(first.x))) \(n(y(first.y)))"
            for point in points.dropFirst() { path += "L\(n(x(point.x))) \(n(y(point.y)))" }
            return "<path class='line \(style)' d='\(path)'/>\n"
        case .point(let point, let shape, let style, let tip):
            return shape.svg(x: x(point.x), y: y(point.y), style: style, tip: tip)
        }
    }
}
