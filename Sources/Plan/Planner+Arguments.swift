import Config
import Diagnostics

extension Planner {
    /// Whether the arguments that a testpmd gets beside the planned ones leave these alone; what
    /// does not is reported, all of it.
    mutating func checkArguments(of section: TestpmdSection, _ owner: String) -> Bool {
        let before = problems.count
        refuse(OwnedOption.eal, in: section.ealArguments, key: "EALArguments", of: owner, in: section)
        refuse(OwnedOption.testpmd, in: section.extraArguments, key: "ExtraArguments", of: owner, in: section)
        return problems.count == before
    }

    private mutating func refuse(
        _ options: [OwnedOption], in arguments: [String], key: String, of owner: String, in section: TestpmdSection
    ) {
        for argument in arguments {
            if argument == "--" {
                report(
                    .argumentOwned, "\(owner): \(key)=: '--' ends the arguments of EAL, and pvpgen writes it",
                    remedy: "remove it; set EALArguments= for EAL and ExtraArguments= for testpmd",
                    at: section.location(of: key))
            } else if let owned = OwnedOption.first(options, in: argument) {
                let names = owned.letter.map { ["-\($0)"] } ?? []
                report(
                    .argumentOwned,
                    "\(owner): \(key)=: '\(argument)' sets what the plan decides "
                        + "(\((names + owned.names.map { "--\($0)" }).joined(separator: ", ")))",
                    remedy: owned.remedy, at: section.location(of: key))
            }
        }
    }
}
