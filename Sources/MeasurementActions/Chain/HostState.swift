package import Diagnostics
import HostCheck
package import JSON
import Linux
package import Plan
import Reports
package import SystemdBus
import Units
import Verification
import Views

/// The host of a chain at one moment: a result is valid only if the host is the same before and
/// after.
package struct HostState: Hashable, Sendable {
    /// What `pvpgen report` has about the host.
    private let fields: Report
    /// What `pvpgen verify` finds, a line each.
    package let deviations: [String]

    /// Reads the machine. Throws what ``ServiceManager`` throws.
    package init(of plan: Plan, on manager: ServiceManager, version: String) throws(Problem) {
        fields = HostReport(plan: plan, root: .machine, notes: [], version: version).report
        var snapshot = Snapshot(of: .machine, for: plan)
        snapshot.units = try UnitStatus.read(UnitTree(plan).members + ["pvp.target"], from: manager)
        deviations = Verification(of: plan, on: snapshot).deviations.map {
            "\($0.subject): expected \($0.expected), found \($0.found)"
        }
    }

    /// `pvpgen report --json`
    package var report: JSON { Document(.report, fields.json).json }

    /// What is another one in a later state, a line each.
    package func changes(to later: HostState) -> [String] {
        let comparison = ReportComparison([(name: "before", report: fields), (name: "after", report: later.fields)])
        let changed = comparison.differences.map { difference in
            let values = difference.values.map { $0 ?? "(none)" }
            return "\(difference.section), \(difference.name): '\(values[0])' before, '\(values[1])' after"
        }
        return changed + later.deviations.filter { !deviations.contains($0) }.map { "new deviation: \($0)" }
    }
}
