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

/// Prints to standard error.
func writeError(_ text: String) { put(text, to: Descriptor.standardError) }

/// Prints problems as a compiler would, and says whether one of them is an error.
@discardableResult func show(_ problems: [Problem]) -> Bool {
    let style = Style.error
    for problem in problems { writeError(style.render(problem)) }
    return problems.hasError
}

/// Prints errors in full and the number of warnings in one line: for verbs that are not about the
/// configuration.
@discardableResult func showErrors(_ problems: [Problem]) -> Bool {
    let hasError = show(problems.filter { $0.severity == .error })
    let count = problems.count { $0.severity == .warning }
    if count > 0 {
        let number = count == 1 ? "1 warning" : "\(count) warnings"
        writeError("\(Style.error.yellow("warning:")) the configuration has \(number); run 'pvpgen check'\n")
    }
    return hasError
}

/// Runs the body; a problem is printed and ends the program with 1.
func attempt<Result>(_ body: () throws(Problem) -> Result) throws -> Result {
    do throws(Problem) {
        return try body()
    } catch {
        show([error])
        throw ExitCode.failure
    }
}

/// The plan of a configuration without errors; otherwise prints the errors and ends with 78. Verbs
/// that are not about the configuration count its warnings.
func soundPlan(in root: Root, remembered: [NICRecord]? = nil, countsWarnings: Bool = false) throws -> Plan {
    let (plan, problems) = readPlan(in: root, remembered: remembered)
    let hasError = countsWarnings ? showErrors(problems) : show(problems)
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
            "copy the example from /usr/share/doc/pvpgen/pvp.conf, then set PCIAddress= of each NIC and Image= of the guest"
    )
}

extension [Problem] {
    /// Whether one of them is more than a warning.
    var hasError: Bool { contains { $0.severity == .error } }
}
