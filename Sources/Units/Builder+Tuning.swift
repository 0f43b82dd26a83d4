import Plan
import Tuning
import Values

extension Builder {
    /// What pvp-tune does, and before whom.
    mutating func addTuning(_ plan: Plan) {
        guard !plan.testpmds.isEmpty, !plan.isolated.isEmpty, !plan.housekeeping.isEmpty, !plan.tuning.isEmpty else { return }
        var variable: Text = "\"PVP_TUNE="
        for (place, argument) in plan.tuning.arguments.enumerated() {
            if place > 0 { variable += " " }
            variable.appendInterpolation(argument)
        }
        variable += "\""
        addDropIn(
            to: "pvp-tune.service",
            [
                Section("Unit", [.words("Before", plan.testpmds.map { $0.name + ".service" })]),
                Section(
                    "Service",
                    [
                        .value("Environment", variable.string),
                        .value("CPUAffinity", plan.housekeeping.description),
                    ]),
            ])
    }
}
