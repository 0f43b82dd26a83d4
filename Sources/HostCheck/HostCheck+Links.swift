import Diagnostics
import HostTopology
import Linux
import Plan

extension HostCheck {
    /// Whether each NIC's PCI Express link can carry what its ports can (DPDK:
    /// doc/guides/linux_gsg/nic_perf_intel_platform.rst).
    var links: [Problem] {
        plan.nics.filter { $0.parent == nil }.compactMap { nic in
            let function = PCIFunction(address: nic.address, root: root)
            guard let link = function.link else { return nil }
            if let speed = function.interfaces.compactMap(\.speed).max() {
                guard link.megabits < speed else { return nil }
                return problem(
                    nic, "its PCI Express link (\(link)) carries \(link.megabits) Mb/s, its port has \(speed) Mb/s")
            }
            // Without a link on the wire the speed of the port is unknown: then less than the card
            // supports is reported.
            guard let best = function.bestLink, link.megabits < best.megabits else { return nil }
            return problem(
                nic,
                "its PCI Express link (\(link)) carries \(link.megabits) Mb/s, the card can have \(best) with "
                    + "\(best.megabits) Mb/s"
            )
        }
    }

    private func problem(_ nic: Plan.NIC, _ message: String) -> Problem {
        Problem(
            .pciLink, "NIC \(nic.name): \(message)",
            remedy: "put the card into a slot with more lanes or a newer generation",
            severity: .warning)
    }
}
