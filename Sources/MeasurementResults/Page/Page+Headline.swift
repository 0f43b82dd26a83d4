import Measurement
import Presentation
import XML

extension Page {
    /// The rates of the first frame size: of each goal, and the maximum receive rate.
    mutating func headline(_ result: MeasurementResult, _ summaries: [SearchSummary]) {
        guard let size = result.frameSizes.first else { return }
        let rates = result.comparedRates.filter { $0.size == size }
        let figures = rates.compactMap { rate -> XML? in
            guard let spread = result.spread(of: rate, in: summaries) else {
                return Self.figure("\(rate.name), \(size.title)", "none", ["no load fulfills the goal"])
            }
            let throughput = Throughput(
                perInterface: spread.median, size: size, directions: result.profile.directions.count,
                linkSpeed: result.chain.linkSpeed)
            var more = ["\(NumberText.rate(spread.median)) for each interface"]
            more += throughput.linePercent.map { ["\(fixed($0, 1)) % of line rate"] } ?? []
            more.append("\(NumberText.gigabits(throughput.l1Gigabits)) on the wire")
            more += spread.text().map { ["median of \($0)"] } ?? []
            return Self.figure("\(Self.name(rate)), \(size.title)", NumberText.rate(throughput.sum), more)
        }
        body += "<dl class='figures'>\n\(figures)</dl>\n"
        let directions = result.profile.directions.count
        paragraph(
            directions == 1
                ? "One direction: the rate is that of its interface."
                : "The large figures are the sum of \(directions) directions.", style: "muted")
    }

    /// Where each goal's first frames are lost: sentences, and a table with bars for each size.
    mutating func losses(_ summaries: [SearchSummary]) {
        let summaries = summaries.filter { $0.repetition == 1 }
        guard summaries.contains(where: { !$0.goals.isEmpty }) else { return }
        heading("Loss by stage")
        list(summaries.flatMap(\.lossSentences))
        for (index, summary) in summaries.enumerated() {
            if index == 0 {
                addStages(summary)
            } else if summary.goals.contains(where: { $0.attribution.losses != nil }) {
                details("Stages with \(summary.title)") { $0.addStages(summary) }
            }
        }
    }

    private mutating func addStages(_ summary: SearchSummary) {
        for goal in summary.goals {
            guard let losses = goal.attribution.losses, losses.lost > 0 else { continue }
            let load = goal.upper.map { " at \(NumberText.rate($0.perInterface)) for each interface" } ?? ""
            subheading("\(summary.title), \(goal.result.goal.name)\(load)")
            var rows = losses.stages.map { Self.stage($0.location.text, $0.frames, of: losses.lost, style: "s2") }
            rows.append(Self.stage("unexplained", losses.unexplained, of: losses.lost, style: "s6"))
            table(["Stage", "Part of the lost frames", "", "Frames"], rows)
        }
    }

    private static func stage(_ name: String, _ frames: Int, of lost: Int, style: String) -> [XML] {
        let ratio = Double(frames) / Double(lost)
        let width = NumberText.short(min(1, max(0, ratio)) * 100, 1)
        return [
            "<td class='name'>\(name.withXMLCharacters)</td>",
            "<td class='meter'><span class='\(style)'><i style='width:\(width)%'></i></span></td>",
            "<td>\(NumberText.part(ratio))</td>", "<td>\(NumberText.count(frames))</td>",
        ]
    }

    private static func figure(_ name: String, _ value: String, _ more: [String]) -> XML {
        let line: (String) -> XML = { "<dd class='more'>\($0)</dd>" }
        return "<div><dt>\(name.withXMLCharacters)</dt><dd class='value'>\(value)</dd>\(more.map(line))</div>\n"
    }

    private static func name(_ rate: ComparedRate) -> String {
        rate.name == ComparedRate.receiveRate ? "Maximum receive rate" : rate.name.uppercased()
    }
}
