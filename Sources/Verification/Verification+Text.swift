package import JSON
package import Presentation

extension Verification {
    /// The table for people, then what to do about each deviation; `paint` sets pieces off.
    package func text(_ paint: (Emphasis, String) -> String = { $1 }) -> String {
        var table = TextTable("AREA", "", "WHAT", "EXPECTED", "FOUND")
        for finding in findings {
            table.add(
                finding.area.rawValue, finding.matches ? "ok" : "NO", finding.subject, finding.expected, finding.found)
        }
        let deviations = deviations
        var text = table.text + "\n"
        for finding in deviations {
            text +=
                paint(.bad, "\(finding.subject):")
                + " \(finding.found), expected \(finding.expected)\n  \(finding.remedy)\n"
        }
        let count = "\(findings.count) items, \(deviations.count) deviations"
        return text + paint(deviations.isEmpty ? .good : .bad, count) + "\n"
    }

    /// For scripts.
    package var json: JSON {
        [
            "ok": .bool(deviations.isEmpty),
            "items": .array(
                findings.map { finding in
                    [
                        "area": .string(finding.area.rawValue), "subject": .string(finding.subject),
                        "ok": .bool(finding.matches),
                        "expected": .string(finding.expected), "found": .string(finding.found),
                        "remedy": finding.matches ? .null : .string(finding.remedy),
                    ]
                }),
        ]
    }
}
