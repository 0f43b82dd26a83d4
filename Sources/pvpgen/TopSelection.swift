import ArgumentParser
import Config
import Diagnostics
import Linux
import Plan
import Traffic
import Verbs

/// What telemetry is read of.
struct TopSelection {
    var targets: [MonitoredTestpmd]
    var paths: [PacketPath]
    var plan: Plan?

    /// A socket alone, without a plan.
    init(socket: String) {
        targets = [MonitoredTestpmd(socket: socket)]
        paths = []
    }

    /// The testpmds of the plan, or the one of that name; prints what is wrong with the
    /// configuration. Ends with 78 when there is no testpmd in it, with 1 if there is none of that
    /// name. With `isQuiet`, errors are printed only if they leave no testpmd.
    init(in root: Root, name: String? = nil, _ output: VerbOutput, isQuiet: Bool = false) throws {
        let (plan, problems) = Plan.readOrReport(from: root)
        if !isQuiet || plan?.testpmds.isEmpty != false { output.reportBriefly(problems) }
        guard let plan, !plan.testpmds.isEmpty else { throw ExitCode.configuration }
        let names = plan.testpmds.map(\.name)
        if let name, !names.contains(name) {
            throw Problem(
                .unknownTestpmd, "testpmd '\(name)': not found in the plan",
                remedy: suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
                    ?? "name one of: \(names.joined(separator: ", "))")
        }
        self.plan = plan
        targets = plan.testpmds.filter { name == nil || $0.name == name }.map { MonitoredTestpmd($0, of: plan) }
        for index in targets.indices { targets[index].socket = root.path(targets[index].socket) }
        paths = PacketPath.all(in: plan).filter { path in path.hops.contains { name == nil || $0.testpmd == name } }
    }
}
