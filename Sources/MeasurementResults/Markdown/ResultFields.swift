import Measurement
import Reports

/// The results template of DPDK's PVP reference benchmark, filled in (DPDK:
/// doc/guides/howto/pvp_reference_benchmark.rst, "Results template").
struct ResultFields {
    let result: MeasurementResult
    let summaries: [SearchSummary]
    private let report: Report?

    init(_ result: MeasurementResult, _ summaries: [SearchSummary]) {
        self.result = result
        self.summaries = summaries
        report = result.report
    }

    /// Names and values in the order of the template.
    var fields: [(name: String, value: String)] {
        let goals = result.goals
        return [
            ("Traffic generator", generator),
            ("Acceptable packet loss", joined(goals) { NumberText.percent($0.lossRatio) }),
            ("Validation run time", joined(goals, Self.runTime)),
            ("Host DPDK version", field("Software", "DPDK (\(result.chain.testpmd))")),
            ("Guest", guests),
            ("Patches applied", field("Result", "Patches")),
            ("QEMU version", all(result.chain.guests) { field("Software", "QEMU (\($0))") }),
            ("Virtio features", all(result.chain.guests, virtio)),
            ("CPU", "\(field("Machine", "CPU")), \(field("Machine", "Highest frequency"))"),
            ("Kernel", field("Kernel", "Release")),
            ("NIC", all(result.chain.nics) { field("NIC \($0)", "Device") }),
            ("Result", rates),
        ]
    }

    private var generator: String {
        let place = result.generator.host.map { " on host \($0)" } ?? " on the same host"
        return "\(result.generator.kind) \(result.generator.version)\(place)"
    }

    private static func runTime(_ goal: SearchGoal) -> String {
        goal.durationSum == goal.finalTrialDuration
            ? goal.durationSum.shortText
            : "\(goal.durationSum.shortText) in trials of \(goal.finalTrialDuration.shortText)"
    }

    private var guests: String {
        all(result.chain.guests) { guest in
            let image = field("Guest \(guest)", "Image=")
            return image == Self.unknown ? guest : "\(guest), image \(image)"
        }
    }

    private func virtio(_ guest: String) -> String {
        let fields = report?.sections.first { $0.title == "Guest \(guest)" }?.fields ?? []
        let features = fields.filter { $0.name.hasPrefix("Interface ") }.map(\.value).unique
        return features.isEmpty ? Self.unknown : features.joined(separator: "; ")
    }

    /// Medians of the repetitions, all directions together, as the template has one number.
    private var rates: String {
        let texts = result.comparedRates.compactMap { rate in
            result.spread(of: rate, in: summaries).map { spread in
                let sum = spread.median * Double(result.profile.directions.count)
                return "\(rate.size.title), \(rate.name): \(NumberText.rate(sum))"
            }
        }
        return texts.isEmpty ? "none" : texts.joined(separator: "; ")
    }

    private static let unknown = "unknown"

    private func field(_ section: String, _ name: String) -> String {
        let fields = report?.sections.first { $0.title == section }?.fields
        return fields?.first { $0.name == name }?.value ?? Self.unknown
    }

    private func joined(_ goals: [SearchGoal], _ text: (SearchGoal) -> String) -> String {
        goals.map { "\($0.name) \(text($0))" }.joined(separator: "; ")
    }

    /// The text for each name: once if it is the same for all.
    private func all(_ names: [String], _ text: (String) -> String) -> String {
        let texts = names.map(text).unique
        return texts.isEmpty ? "none" : texts.joined(separator: "; ")
    }
}
