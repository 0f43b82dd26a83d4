import HelperCalls
import Plan
import Tuning
import Values

extension Builder {
    /// What pvp-tune does, and before whom.
    mutating func addTuning(_ plan: Plan) {
        guard !plan.testpmds.isEmpty, !plan.isolated.isEmpty, !plan.housekeeping.isEmpty, !plan.tuning.isEmpty else {
            return
        }
        let environment = Self.environment(HostVerb.tune(plan.tuning, stays: true).variables)
        addDropIn(
            to: "pvp-tune.service",
            [
                Section("Unit", [.words("Before", plan.testpmds.map { $0.name + ".service" })]),
                Section("Service", environment + [.value("CPUAffinity", plan.housekeeping.description)]),
            ])
    }
}
