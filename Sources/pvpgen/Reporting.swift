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
        return (plan, plan == nil ? problems + [.noConfiguration(in: root)] : problems)
    }
}

extension Problem {
    static func noConfiguration(in root: Root) -> Problem {
        let file = root.path("/etc/pvpgen/pvp.conf")
        let option = root.prefix.isEmpty ? "" : "--root=\(root.prefix) "
        return Problem(
            .noConfig, "\(file): not found",
            remedy: "run 'pvpgen init \(option)--output=\(file)', which writes one for the host")
    }
}
