/// The text of OpenMetrics 1.0 (openmetrics.io, "OpenMetrics, a cloud-native, highly scalable
/// metrics protocol"): what Prometheus and others read.
package struct OpenMetrics: Hashable, Sendable {
    /// The content type for its readers.
    package static let mediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// How a metric behaves.
    package enum Kind: String, Hashable, Sendable {
        /// It only grows, until the counted program is restarted.
        case counter
        /// It goes up and down.
        case gauge
        /// What a thing is, in labels.
        case info
        /// Which of several states a thing is in: a sample for each.
        case stateset
    }

    /// One value.
    package struct Sample: Hashable, Sendable {
        /// What it is of: names of labels, and their values.
        package var labels: [Label]
        /// A whole number.
        package var value: UInt64
    }

    /// A name and its value.
    package struct Label: Hashable, Sendable {
        /// Letters, digits and `_`.
        package var name: String
        /// Any text.
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All samples of one metric.
    package struct Family: Hashable, Sendable {
        /// Its name, which ends with its unit if it has one.
        package var name: String
        /// How it behaves.
        package var kind: Kind
        /// Its unit; empty when it has none.
        package var unit: String
        /// One line for people.
        package var help: String
        /// Its samples.
        package var samples: [Sample] = []

        /// Creates a family without samples.
        package init(_ name: String, _ kind: Kind, unit: String = "", help: String) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.help = help
        }

        /// Adds a sample.
        package mutating func add(_ value: UInt64, _ labels: [Label]) {
            samples.append(Sample(labels: labels, value: value))
        }
    }

    /// All metrics.
    package var families: [Family]

    /// The text. A metric without samples stays out.
    package var text: String { families.filter { !$0.samples.isEmpty }.map(\.text).joined() + "# EOF\n" }
}

extension OpenMetrics.Family {
    fileprivate var text: String {
        var text = "# TYPE \(name) \(kind.rawValue)\n"
        if !unit.isEmpty { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(escaped(help))\n"
        let suffix =
            switch kind {
            case .counter: "_total"
            case .info: "_info"
            case .gauge, .stateset: ""
            }
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
            text += "\(name)\(suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
        }
        return text
    }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
