import Reports
import XML

extension MeasurementResult {
    /// Many results as one page: the rates of each size and goal by host, and what differs between
    /// the hosts.
    package static func page(of results: [MeasurementResult]) -> String {
        let labels = labels(of: results)
        let comparison = MeasurementComparison(zip(labels, results).map { (name: $0, result: $1) })
        let fleet = zip(labels, results).map { (label: $0, result: $1, summaries: $1.summaries) }
        let differences = FleetRow.differences(comparison.reports)
        var page = Page("PVP measurements of \(results.count) results")
        page.body += "<h1>\(page.title)</h1>\n"
        let hosts = results.map(\.chain.host).unique
        page.paragraph("Hosts: \(hosts.joined(separator: ", ")).", style: "muted")
        page.box(
            "alert", "These results cannot be compared", comparison.reasons.map { "\($0.name): \($0.text)" })
        page.box("note", "Remarks", comparison.namesWithoutReport.map { "\($0): no report of the host" })
        page.paragraph(
            "Rates in packets per second for each interface. Results that are farthest from the median come first.",
            style: "muted")
        for rate in comparison.rows.map(\.rate) {
            let (rows, median) = FleetRow.rows(rate, fleet, differences: differences)
            page.heading("\(rate.size.title), \(rate.name)")
            guard let median else {
                page.paragraph("No result has a rate.")
                continue
            }
            page.paragraph("Median \(NumberText.rate(median.median)); \(median.text(of: "results") ?? "one result").")
            page.fleetTable(rows, median)
        }
        addReports(comparison, to: &page)
        return page.text
    }

    private static func addReports(_ comparison: MeasurementComparison, to page: inout Page) {
        page.heading("Differences of the reports")
        guard let reports = comparison.reports else {
            page.paragraph("Fewer than two results have a report of the host.")
            return
        }
        guard !reports.differences.isEmpty else {
            page.paragraph("No difference.")
            return
        }
        let rows = reports.differences.map { difference in
            [difference.section, difference.name] + difference.values.map { $0 ?? "none" }
        }
        page.table(
            ResultTable(head: ["Section", "Field"] + reports.names, rows: rows),
            wrapped: Set(2..<(2 + reports.names.count)))
    }

    /// The names of the hosts if each is of one result, else with the names of the results.
    private static func labels(of results: [MeasurementResult]) -> [String] {
        let hosts = results.map(\.chain.host)
        if hosts.unique.count == hosts.count { return hosts }
        let names = results.map { "\($0.chain.host), \($0.name)" }
        if names.unique.count == names.count { return names }
        return names.enumerated().map { "\($0.offset + 1): \($0.element)" }
    }
}

extension Page {
    /// A row for each result: rate, distance, place among all, differences of its report.
    fileprivate mutating func fleetTable(_ rows: [FleetRow], _ median: RateSpread) {
        let (least, most) = (median.minimum, median.maximum)
        let span = max(most - least, most * 0.02)
        let start = (least + most - span) / 2 - span * 0.05
        func place(_ rate: Double) -> String { NumberText.short((rate - start) * 100 / (span * 1.1), 1) }
        let cells = rows.map { row -> [XML] in
            let name: XML = "<td class='name'>\(row.label.withXMLCharacters)</td>"
            let more: XML = "<td class='wrap'>\(Self.shown(row.differences).withXMLCharacters)</td>"
            guard let spread = row.spread else {
                return [name, "<td class='outlier'>none</td>", "<td></td>", "<td></td>", more]
            }
            let style = row.isOutlier ? "outlier" : ""
            let dot = row.isOutlier ? "bad" : "s1"
            return [
                name, "<td>\(NumberText.rate(spread.median))</td>",
                "<td class='\(style)'>\(NumberText.difference(row.distance))</td>",
                """
                <td class='strip'><span><b style='left:\(place(median.median))%'></b>\
                <i class='\(dot)' style='left:\(place(spread.median))%'></i></span></td>
                """, more,
            ]
        }
        table(["Result", "Rate", "From the median", "Place among all", "What differs in its report"], cells)
    }

    private static func shown(_ differences: [String]) -> String {
        let limit = 5
        let text = differences.prefix(limit).joined(separator: "; ")
        return differences.count > limit ? "\(text); and \(differences.count - limit) more" : text
    }
}
