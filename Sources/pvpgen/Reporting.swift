import ArgumentParser
import Config
import Diagnostics
import HostTopology
import Linux
import Plan
import Presentation

extension ExitCode {
    /// Wrong usage, as for systemd's own tools; the argument parser's code is another.
    static let usage = ExitCode(2)
    /// `EX_CONFIG` of sysexits.h.
    static let configuration = ExitCode(78)
}

/// Runs the body; a problem is printed and ends the program with 1.
func exitOnProblem<Result>(_ body: () throws(Problem) -> Result) throws -> Result {
    do throws(Problem) {
        return try body()
    } catch {
        printProblems([error])
        throw ExitCode.failure
    }
}

/// Runs the body, and ends the program with the status that it returns, if that is not 0.
func finish(_ body: () throws(Problem) -> Int32) throws {
    let status = try exitOnProblem(body)
    if status != 0 { throw ExitCode(status) }
}

/// The plan of a configuration without errors; otherwise prints the errors and ends with 78. Verbs
/// that are not about the configuration count its warnings.
func validPlan(in root: Root, remembered: [NICRecord]? = nil, countsWarnings: Bool = false) throws -> Plan {
    let (plan, problems) = readPlan(in: root, remembered: remembered)
    let hasError = countsWarnings ? printErrorsAndWarningCount(problems) : printProblems(problems)
    guard let plan, !hasError else { throw ExitCode.configuration }
    return plan
}

/// The plan and what is wrong with it; that there is no configuration is an error, too.
func readPlan(
    in root: Root, with candidate: ConfigFiles.Candidate? = nil, remembered: [NICRecord]? = nil
) -> (plan: Plan?, problems: [Problem]) {
    let (plan, problems) = Plan.read(from: root, with: candidate, remembered: remembered)
    return (plan, plan == nil ? problems + [.noConfiguration] : problems)
}

extension Problem {
    static let noConfiguration = Problem(
        .noConfig, "/etc/pvpgen/pvp.conf: not found",
        remedy:
            "copy the example from /usr/share/doc/pvpgen/pvp.conf, then set PCIAddress= of each NIC and Image= of the "
            + "guest"
    )
}
