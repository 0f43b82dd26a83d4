import Diagnostics
import HostActions
import Linux
import Plan
import Values

extension HostCheck {
    /// Whether each NIC's PCI Express link can carry what its ports can (DPDK: doc/guides/linux_gsg/nic_perf_intel_platform.rst).
    var links: [Problem] {
        plan.nics.filter { $0.parent == nil }.compactMap { nic in
            let directory = "/sys/bus/pci/devices/\(nic.address)"
            guard let link = PCILink(in: directory, "current", root) else { return nil }
            if let speed = NetworkInterface.all(of: nic.address, in: root).compactMap(\.speed).max() {
                guard link.megabits < speed else { return nil }
                return problem(nic, "its PCI Express link (\(link)) carries \(link.megabits) Mb/s, its port has \(speed) Mb/s")
            }
            // Without a link on the wire nobody says how fast the port is: then less than the card can is worth a word.
            guard let best = PCILink(in: directory, "max", root), link.megabits < best.megabits else { return nil }
            return problem(
                nic, "its PCI Express link (\(link)) carries \(link.megabits) Mb/s, the card can have \(best) with \(best.megabits) Mb/s")
        }
    }

    private func problem(_ nic: Plan.NIC, _ message: String) -> Problem {
        Problem(
            "pci-link", "NIC \(nic.name): \(message)", remedy: "put the card into a slot with more lanes or a newer generation",
            severity: .warning)
    }
}

/// A PCI Express link (kernel: Documentation/ABI/testing/sysfs-bus-pci, `current_link_speed`, `current_link_width`).
struct PCILink: CustomStringConvertible {
    /// Transfers a second on each lane, in units of 100 million.
    let rate: Int
    let lanes: Int

    /// The link as it is (`current`) or as the card could have it (`max`); `nil` for a function without one.
    init?(in directory: String, _ which: String, _ root: Root) {
        guard let speed = try? root.text("\(directory)/\(which)_link_speed"),
            let lanes = (try? root.text("\(directory)/\(which)_link_width"))
                .flatMap({ Int($0) }), lanes > 0, let word = speed.split(separator: " ").first
        else { return nil }
        // `8.0 GT/s PCIe`; "Unknown" for a link that is down.
        let parts = word.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 2 else { return nil }
        rate = parts[0] * 10 + parts[1]
        self.lanes = lanes
    }

    /// What it carries after its encoding: 8b/10b up to 5 GT/s, then 128b/130b, flits from 64 GT/s on (PCI Express Base Specification, 4.2).
    var megabits: Int {
        switch rate {
        case ...50: rate * 100 * lanes * 8 / 10
        case ..<640: rate * 100 * lanes * 128 / 130
        default: rate * 100 * lanes * 242 / 256
        }
    }

    var description: String { "\(rate / 10).\(rate % 10) GT/s x\(lanes)" }
}
