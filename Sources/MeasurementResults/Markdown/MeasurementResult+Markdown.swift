import Linux
import Measurement

extension MeasurementResult {
    /// The result as a page of Markdown: the template of DPDK's howto, and a table for each part.
    package var markdown: String {
        let summaries = summaries
        let remarks = ResultRemarks(self, summaries)
        var text = "# PVP measurement \(Self.cell(name))\n"
        if !remarks.faults.isEmpty {
            text += "\n**This result is not valid.**\n\n" + Self.list(remarks.faults)
        }
        if !remarks.remarks.isEmpty { text += "\n" + Self.list(remarks.remarks) }
        text += "\n\(Self.cell(chain.text)), \(timeText)  \n\(Self.cell(profileText))\n"
        let fields = ResultFields(self, summaries).fields
        text += "\n## Result\n\n| | |\n|---|---|\n"
        for field in fields { text += "| \(field.name) | \(Self.cell(field.value)) |\n" }
        text += Self.section("Throughput", .goals(summaries))
        let sentences = summaries.filter { $0.repetition == 1 }.flatMap(\.lossSentences)
        if !sentences.isEmpty { text += "\n" + Self.list(sentences) }
        text += Self.section("Maximum receive rate", .receiveRates(summaries))
        text += Self.section("Latency", .latencies(self))
        text += Self.section("Soak", .soaks(self))
        if !goals.isEmpty {
            text += "\n## Goals\n\n" + Self.list(goals.map { "\($0.name): \($0.text)" })
        }
        text += "\n## Method\n\n" + Self.list(MethodNotes.lines)
        return text
    }

    /// When it was done, and with which version.
    var timeText: String {
        let start = MonotonicClock.date(secondsSinceEpoch: start)
        let end = end.map { " to \(MonotonicClock.date(secondsSinceEpoch: $0))" } ?? ""
        return "\(start)\(end), pvpgen \(version)"
    }

    private static func section(_ title: String, _ table: ResultTable) -> String {
        guard !table.rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String { "| \(cells.map(cell).joined(separator: " | ")) |\n" }
        let rule = "|" + String(repeating: "---|", count: table.head.count) + "\n"
        return "\n## \(title)\n\n" + line(table.head) + rule + table.rows.map(line).joined()
    }

    private static func list(_ lines: [String]) -> String { lines.map { "- \(cell($0))\n" }.joined() }

    /// A bar would end a cell, a line feed the table, and `<` begin an element of HTML.
    private static func cell(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "\\<")
            .replacing("\n", with: " ")
    }
}

extension MeasuredChain {
    /// The way of a frame, such as `host h1: testpmd with NICs nic0, nic1 and guest vm1`.
    var text: String {
        let nics = "NIC\(nics.count == 1 ? "" : "s") \(nics.joined(separator: ", "))"
        let guests = "guest\(guests.count == 1 ? "" : "s") \(guests.joined(separator: ", "))"
        let speed = linkSpeed.map { ", \(NumberText.short(Double($0) / 1000)) Gbps links" } ?? ""
        return "Host \(host): \(testpmd) with \(nics) and \(guests)\(speed)"
    }
}
