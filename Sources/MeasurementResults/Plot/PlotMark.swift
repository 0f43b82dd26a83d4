/// Something that a plot shows, in values of its axes. Styles are classes of the page.
enum PlotMark {
    /// A bar from 0.
    case bar(from: Double, to: Double, height: Double, style: String, tip: String)
    /// A line through points.
    case line([PlotPoint], style: String)
    /// A point by itself.
    case point(PlotPoint, shape: PlotShape, style: String, tip: String)
}

/// A place in a plot.
struct PlotPoint: Hashable {
    let x: Double
    let y: Double
}

/// What a point looks like. Shapes differ without colors, too.
enum PlotShape: Hashable {
    case disk
    case ring
    case cross
    case square
    /// A triangle that points up.
    case triangle
}

/// An entry of a plot's legend.
struct PlotKey: Hashable {
    /// What is shown beside the text.
    enum Sample: Hashable {
        case bar
        case line
        case point(PlotShape)
    }

    let text: String
    let sample: Sample
    let style: String
}
