import ArgumentParser
import Config
import Diagnostics
import HostTopology
import Linux
import Plan

/// Ends pvpgen with a status that is not 0.
func endWithStatus(_ status: Int32) throws { if status != 0 { throw ExitCode(status) } }

extension Plan {
    /// The plan and what is wrong with it; that there is no configuration is an error, too.
    static func readOrReport(
        from root: Root, with candidate: ConfigFiles.Candidate? = nil, remembered: [NICRecord]? = nil
    ) -> (plan: Plan?, problems: [Problem]) {
        let (plan, problems) = read(from: root, with: candidate, remembered: remembered)
        return (plan, plan == nil ? problems + [.noConfiguration] : problems)
    }
}

extension Problem {
    static let noConfiguration = Problem(
        .noConfig, "/etc/pvpgen/pvp.conf: not found",
        remedy: "run 'pvpgen init --output=/etc/pvpgen/pvp.conf', which writes one for this host"
    )
}
