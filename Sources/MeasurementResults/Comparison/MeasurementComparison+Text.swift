import Presentation
import Reports

extension MeasurementComparison {
    /// The text for people.
    package var text: String {
        var text = "The results can be compared.\n"
        if !isComparable {
            text = "The results cannot be compared:\n" + reasons.map { "  \($0.name): \($0.text)\n" }.joined()
        }
        if !rows.isEmpty {
            var table = TextTable(["SIZE", "GOAL"] + names)
            for row in rows { table.add([row.rate.size.text, row.rate.name] + row.values.map(Self.cell)) }
            text += "\nRates in packets per second for each interface, differences from \(names[0]):\n" + table.text
        }
        if !notes.isEmpty { text += "\n" + notes.map { $0 + "\n" }.joined() }
        if let reports {
            text += "\nDifferences of the reports:\n" + reports.text
        }
        for name in namesWithoutReport { text += "\n\(name): no report of the host\n" }
        return text
    }

    static func cell(_ value: Value?) -> String {
        guard let value else { return "-" }
        let rate = NumberText.rate(value.spread.median)
        guard let difference = value.difference else { return rate }
        return "\(rate) (\(NumberText.difference(difference))\(value.isWithinSpread ? ", no difference" : ""))"
    }

    /// What the values alone do not say, a line each.
    package var notes: [String] {
        var notes: [String] = []
        for row in rows {
            for (name, value) in zip(names, row.values) {
                guard let value else { continue }
                let subject = "\(name), \(row.rate.size.title), \(row.rate.name)"
                if let text = value.spread.text() { notes.append("\(subject): \(text)") }
                if value.isWithinSpread {
                    let isWidth = value.spread.values.count == 1
                    notes.append(
                        "\(subject): no difference beyond the "
                            + (isWidth ? "width of the goal" : "spread of the repetitions"))
                }
            }
        }
        return notes
    }
}

extension FrameSize {
    /// For people, such as `64 bytes`.
    package var title: String {
        switch self {
        case .bytes(let bytes): "\(bytes) bytes"
        case .imix: "IMIX"
        }
    }
}
