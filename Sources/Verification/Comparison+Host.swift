import Plan
import Tuning
import Values
import Views

extension Comparison {
    /// Interrupts that came to isolated CPUs since it was looked the last time. The first time
    /// there is nothing to compare with.
    var interrupts: [Finding] {
        guard !plan.isolated.isEmpty else { return [] }
        let subject = "interrupts on \(plan.isolated) since the last run"
        guard let earlier = machine.earlierInterrupts else {
            return [Finding(.interrupts, subject, expected: "none", found: "first look", matches: true, remedy: "")]
        }
        let fired = machine.interrupts.since(earlier, on: plan.isolated)
        if fired.isEmpty { return [Finding(.interrupts, subject, expected: "none", found: "none", remedy: "")] }
        return fired.map { number, count, cpus in
            let name = machine.interrupts.names[number].map { " (\($0))" } ?? ""
            return Finding(
                .interrupts, "interrupt \(number)\(name)", expected: "none on \(plan.isolated)",
                found: "\(count) on \(cpus)",
                remedy:
                    "run 'echo \(plan.housekeeping) > /proc/irq/\(number)/smp_affinity_list'; 'journalctl -u pvp-tune' shows a refusal by the kernel"
            )
        }
    }

    /// What pvp-tune would still have to change.
    var tuning: [Finding] {
        guard !plan.testpmds.isEmpty else { return [] }
        let left = TuningPlan(plan.tuning, on: machine.tuning)
        var findings: [Finding] = TuningItem.allCases.filter {
            plan.tuning.items.contains($0) && left.counts[$0, default: 0] > 0
        }.map {
            item in
            let changes = left.changes.filter { $0.item == item && !machine.refused.contains($0.place) }
            let wanted =
                changes.prefix(3).map { "\($0.place) \($0.new)" }
                + (changes.count > 3 ? ["\(changes.count - 3) more"] : [])
            let found = changes.prefix(3).map { $0.old.isEmpty ? "not set" : $0.old }
            return Finding(
                .tuning, item.name, expected: changes.isEmpty ? "as pvp-tune sets it" : wanted.joined(separator: "; "),
                found: changes.isEmpty ? "as pvp-tune sets it" : found.joined(separator: "; "),
                remedy: "run 'systemctl restart pvp-tune', then find the program that changes it: tuned, sysctl.d(5)")
        }
        if let limit = plan.tuning.wakeupLatency {
            findings.append(
                Finding(
                    .tuning, "wakeup-latency", expected: "\(limit) us or less",
                    found: machine.wakeupLatency.map { "\($0) us" } ?? "unknown",
                    matches: machine.wakeupLatency.map { $0 <= limit } ?? false,
                    remedy: "run 'systemctl restart pvp-tune'"))
        }
        return findings
    }

    var units: [Finding] {
        machine.units.map { unit in
            Finding(
                .units, unit.unit, expected: "active",
                found: unit.isUp ? "active" : "\(unit.active)\(unit.reason.isEmpty ? "" : ": " + unit.reason)",
                remedy: "journalctl -u \(unit.unit)")
        }
    }
}
