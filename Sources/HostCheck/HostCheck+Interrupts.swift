import Diagnostics
import HostActions
import Installation
import Linux
import Plan
import Tuning
import Values

extension HostCheck {
    /// Interrupts that the kernel delivers on isolated CPUs: each one takes a forwarding lcore or a
    /// vCPU away for microseconds, and packets are lost meanwhile (kernel:
    /// Documentation/core-api/irq/irq-affinity.rst).
    var interrupts: [Problem] {
        guard !plan.isolated.isEmpty else { return [] }
        let found = ((try? root.list("/proc/irq")) ?? []).compactMap { Int($0) }.sorted().compactMap(interrupt)
        guard !found.isEmpty else { return [] }
        let shown = found.prefix(4).joined(separator: ", ") + (found.count > 4 ? " and \(found.count - 4) more" : "")
        let isBooted = !ArgumentState.all(of: plan, on: root).contains {
            $0.text.hasPrefix("irqaffinity=") && $0.reason != .present
        }
        let tuned =
            plan.tuning.items.contains(.interrupts)
            ? "run 'systemctl start pvp-tune', which moves the interrupts; its journal lists those that cannot be moved"
            : "run 'echo \(plan.housekeeping) > /proc/irq/NUMBER/smp_affinity_list' for each, and ban these CPUs in "
                + "irqbalance"
        return [
            Problem(
                .interrupts, "isolated CPUs \(plan.isolated): interrupts are delivered to them: \(shown)",
                remedy: isBooted
                    ? tuned
                    : "run 'pvpgen install' and reboot, which adds irqaffinity= to the kernel command line",
                severity: .warning)
        ]
    }

    /// `24 (eth0) on CPU 3`, for an interrupt that has a handler and is delivered to an isolated
    /// CPU.
    private func interrupt(_ number: Int) -> String? {
        let directory = "/proc/irq/\(number)"
        // The effective CPU; a kernel without that file reports the permitted CPUs.
        let effective = (try? root.text("\(directory)/effective_affinity_list")).flatMap { $0.isEmpty ? nil : $0 }
        guard let cpus = (effective ?? (try? root.text("\(directory)/smp_affinity_list"))).flatMap({ CPUSet($0) })
        else { return nil }
        let isolated = cpus.intersection(plan.isolated)
        guard !isolated.isEmpty, let handler = Interrupts.handler(of: number, in: root) else { return nil }
        return "\(number) (\(handler)) on CPU \(isolated)"
    }
}
