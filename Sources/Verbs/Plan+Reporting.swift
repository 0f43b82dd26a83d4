package import Config
package import Diagnostics
package import HostTopology
package import Linux
package import Plan

extension Plan {
    /// The plan and what is wrong with it; that there is no configuration is an error, too.
    package static func readOrReport(
        from root: Root, with candidate: ConfigFiles.Candidate? = nil, remembered: [NICRecord]? = nil
    ) -> (plan: Plan?, problems: [Problem]) {
        let (plan, problems) = read(from: root, with: candidate, remembered: remembered)
        return (plan, plan == nil ? problems + [.noConfiguration(in: root)] : problems)
    }
}

extension Problem {
    /// That there is no configuration on the machine or in the tree below `root`.
    package static func noConfiguration(in root: Root) -> Problem {
        let file = root.path("/etc/pvpgen/pvp.conf")
        let option = root.prefix.isEmpty ? "" : "--root=\(root.prefix) "
        return Problem(
            .noConfig, "\(file): not found",
            remedy: "run 'pvpgen init \(option)--output=\(file)', which writes one for the host")
    }
}
