import Config
import Diagnostics

extension Planner {
    /// Whether the arguments that a testpmd gets beside the planned ones leave these alone; what
    /// does not is reported, all of it.
    mutating func checkArguments(of section: TestpmdSection, _ who: String) -> Bool {
        let before = problems.count
        refuse(OwnedOption.eal, in: section.ealArguments, key: "EALArguments", who, section)
        refuse(OwnedOption.testpmd, in: section.extraArguments, key: "ExtraArguments", who, section)
        return problems.count == before
    }

    private mutating func refuse(
        _ options: [OwnedOption], in arguments: [String], key: String, _ who: String, _ section: TestpmdSection
    ) {
        for argument in arguments {
            if argument == "--" {
                report(
                    .argumentOwned, "\(who): \(key)=: '--' ends the arguments of EAL, and pvpgen writes it",
                    remedy: "remove it; set EALArguments= for EAL and ExtraArguments= for testpmd",
                    at: section.location(of: key))
            } else if let owned = OwnedOption.first(options, in: argument) {
                let names = owned.letter.map { ["-\($0)"] } ?? []
                report(
                    .argumentOwned,
                    "\(who): \(key)=: '\(argument)' sets what the plan decides "
                        + "(\((names + owned.names.map { "--\($0)" }).joined(separator: ", ")))",
                    remedy: owned.remedy, at: section.location(of: key))
            }
        }
    }
}
