import Measurement
import Reports
import XML

extension MeasurementResult {
    /// The result as a page of HTML.
    package var page: String {
        let summaries = summaries
        let remarks = ResultRemarks(self, summaries)
        var page = Page("PVP measurement \(name)")
        page.body += "<h1>\(page.title)</h1>\n"
        page.paragraph(chain.text)
        page.paragraph("\(timeText). \(profileText).", style: "muted")
        page.box("alert", "This result is not valid", remarks.faults)
        page.headline(self, summaries)
        page.box("note", "Remarks", remarks.remarks)
        addThroughput(to: &page, summaries)
        page.losses(summaries)
        addLatencies(to: &page)
        addSoaks(to: &page)
        addSearches(to: &page, summaries)
        addEnvironment(to: &page, summaries)
        return page.text
    }

    private func addThroughput(to page: inout Page, _ summaries: [SearchSummary]) {
        guard !summaries.isEmpty else { return }
        page.heading("Throughput")
        if let plot = Plot.throughput(self, summaries) { page.body += plot.html }
        page.table(.goals(summaries), wrapped: [9])
        page.subheading("Maximum receive rate")
        page.table(.receiveRates(summaries))
    }

    private func addLatencies(to page: inout Page) {
        guard !latencies.isEmpty else { return }
        page.heading("Latency")
        for size in latencies.map(\.size).unique {
            if let plot = Plot.latency(self, size) { page.body += plot.html }
        }
        page.table(.latencies(self), wrapped: [10])
    }

    private func addSoaks(to page: inout Page) {
        guard !soaks.isEmpty else { return }
        page.heading("Soak")
        for soak in soaks { if let plot = Plot.soak(soak) { page.body += plot.html } }
        page.table(.soaks(self))
    }

    private func addSearches(to page: inout Page, _ summaries: [SearchSummary]) {
        guard !searches.isEmpty else { return }
        page.heading("Searches")
        for (index, (record, summary)) in zip(searches, summaries).enumerated() {
            let plot = Plot.search(record, summary)
            let text = "Trials of the search with \(summary.title)"
            if index == 0 {
                if let plot { page.body += plot.html }
                page.details(text) { $0.table(.trials(record), wrapped: [6, 7]) }
            } else {
                page.details("Search with \(summary.title)") { inner in
                    if let plot { inner.body += plot.html }
                    inner.table(.trials(record), wrapped: [6, 7])
                }
            }
        }
    }

    private func addEnvironment(to page: inout Page, _ summaries: [SearchSummary]) {
        page.heading("Environment")
        let fields = ResultFields(self, summaries).fields
        page.table(ResultTable(head: ["", ""], rows: fields.map { [$0.name, $0.value] }), wrapped: [1])
        if let report {
            page.details("Report of the host") { inner in
                for section in report.sections {
                    inner.subheading(section.title)
                    let rows = section.fields.map { [$0.name, $0.value] }
                    inner.table(ResultTable(head: ["", ""], rows: rows), wrapped: [1])
                }
            }
        }
        page.heading("Method")
        page.list(goals.map { "\($0.name): \($0.text)" } + MethodNotes.lines)
    }
}

extension ResultTable {
    /// Each trial of a search.
    static func trials(_ record: SearchRecord) -> ResultTable {
        ResultTable(
            head: ["Trial", "Load, each interface", "Duration", "Sent", "Lost", "Loss ratio", "Verdict", "Chosen"],
            rows: record.trials.enumerated().map { index, trial in
                let input = trial.trial.input
                let head = [
                    String(index + 1), NumberText.rate(Double(input.load)), NumberText.span(input.duration.seconds),
                ]
                switch trial.trial.verdict {
                case .valid(let loss):
                    return head + [
                        NumberText.count(loss.sent), NumberText.count(loss.lost), NumberText.percent(loss.ratio),
                        "valid", trial.reason,
                    ]
                case .invalid(let reasons):
                    let text = reasons.map(\.text).joined(separator: "; ")
                    return head + ["-", "-", "-", "invalid: \(text)", trial.reason]
                }
            })
    }
}
