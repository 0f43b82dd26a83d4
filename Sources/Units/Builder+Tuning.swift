import HostTopology
import Plan
import Tuning

extension Builder {
    /// What pvp-tune does, and before whom.
    mutating func addTuning(_ plan: Plan) {
        guard !plan.testpmds.isEmpty, !plan.isolated.isEmpty, !plan.housekeeping.isEmpty, !plan.tuning.isEmpty else { return }
        addDropIn(
            to: "pvp-tune.service",
            [
                Section("Unit", [.value("Before", plan.testpmds.map { $0.name + ".service" }.joined(separator: " "))]),
                Section(
                    "Service",
                    [
                        .value("Environment", "\"PVP_TUNE=\(plan.tuning.arguments.joined(separator: " "))\""),
                        .value("CPUAffinity", plan.housekeeping.description),
                    ]),
            ])
    }
}
