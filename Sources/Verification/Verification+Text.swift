package import JSON
import PlanView

extension Verification {
    /// A piece of the text that a terminal can set off.
    package enum Emphasis: Sendable {
        /// All is as planned.
        case right
        /// Something is not.
        case wrong
    }

    /// The table for people, then what to do about each deviation; `paint` sets pieces off.
    package func text(_ paint: (Emphasis, String) -> String = { $1 }) -> String {
        var table = TextTable("AREA", "", "WHAT", "EXPECTED", "FOUND")
        for finding in findings {
            table.add(finding.area.rawValue, finding.isRight ? "ok" : "NO", finding.subject, finding.expected, finding.found)
        }
        let deviations = deviations
        var text = table.text + "\n"
        for finding in deviations {
            text += paint(.wrong, "\(finding.subject):") + " \(finding.found), expected \(finding.expected)\n  \(finding.remedy)\n"
        }
        let count = "\(findings.count) items, \(deviations.count) deviations"
        return text + paint(deviations.isEmpty ? .right : .wrong, count) + "\n"
    }

    /// For scripts.
    package var json: JSON {
        [
            "ok": .bool(deviations.isEmpty),
            "items": .array(
                findings.map { finding in
                    [
                        "area": .string(finding.area.rawValue), "subject": .string(finding.subject), "ok": .bool(finding.isRight),
                        "expected": .string(finding.expected), "found": .string(finding.found),
                        "remedy": finding.isRight ? .null : .string(finding.remedy),
                    ]
                }),
        ]
    }
}
