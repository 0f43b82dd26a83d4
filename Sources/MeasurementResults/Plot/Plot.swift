import XML

/// A plot with two axes. The page has it in two widths, because text in a picture that shrinks
/// cannot be read; style sheets show one of them.
struct Plot {
    /// What it shows, as its name.
    let title: String
    /// The same for readers that do not see it: the least and highest values, and the like.
    let summary: String
    let keys: [PlotKey]
    /// The axes and marks for a width; a narrow plot has fewer ticks.
    let content: (Layout) -> Content

    struct Content {
        let x: PlotAxis
        let y: PlotAxis
        let marks: [PlotMark]
    }

    /// Lengths in pixels.
    enum Layout: String {
        case wide
        case narrow

        var width: Double { self == .wide ? 760 : 340 }
        var height: Double { self == .wide ? 320 : 260 }
        /// Intended steps of a horizontal and a vertical axis.
        var columns: Int { self == .wide ? 10 : 5 }
        var rows: Int { 5 }
    }

    /// The figure with title, legend and both pictures.
    var html: XML {
        """
        <figure>
        <figcaption>\(title.withXMLCharacters)</figcaption>
        <ul class='legend'>
        \(keys.map(\.html))</ul>
        \([Layout.wide, .narrow].map(svg))</figure>

        """
    }

    /// The picture.
    func svg(_ layout: Layout) -> XML {
        let content = content(layout)
        let area = PlotArea(layout, content)
        return """
            <svg class='plot \(layout.rawValue)' viewBox='0 0 \(Int(layout.width)) \(Int(layout.height))' role='img' \
            aria-label='\(title.withXMLCharacters)'>
            <desc>\(summary.withXMLCharacters)</desc>
            \(area.frame)\(content.marks.map(area.svg))</svg>

            """
    }
}
