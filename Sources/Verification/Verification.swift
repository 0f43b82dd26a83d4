import Config
import HostTopology
package import Plan
import Tuning
import Values
import Views

/// A plan and a machine side by side, item by item: a pure function of both.
package struct Verification: Hashable, Sendable {
    /// All that was looked at, in the order of the areas.
    package let findings: [Finding]

    /// Compares them.
    package init(of plan: Plan, on machine: Snapshot) {
        let comparison = Comparison(plan: plan, machine: machine)
        findings =
            comparison.kernel + comparison.memory + comparison.nics + comparison.testpmds + comparison.guests
            + comparison.interrupts
            + comparison.tuning + comparison.units
    }

    /// What is not as the plan says.
    package var deviations: [Finding] { findings.filter { !$0.matches } }
}

/// What each area is compared by.
struct Comparison {
    let plan: Plan
    let machine: Snapshot

    var kernel: [Finding] {
        let booted = Set(machine.bootArguments.map { KernelParameter($0) })
        let arguments = plan.kernelArguments.map { argument in
            Finding(
                .kernel, argument.text, expected: "on the command line",
                found: booted.contains(KernelParameter(argument.text)) ? "on the command line" : "missing",
                remedy: "run 'pvpgen install' and reboot")
        }
        let sets = [
            ("isolated CPUs", "isolcpus=", machine.isolated), ("CPUs without a tick", "nohz_full=", machine.tickless),
        ]
        return arguments
            + sets.map { subject, argument, cpus in
                Finding(
                    .kernel, subject, expected: Self.text(plan.isolated), found: cpus.map(Self.text) ?? "unknown",
                    remedy:
                        "run 'pvpgen install' and reboot; the last \(argument) on the kernel command line counts; "
                        + "managed_irq requires Linux 5.6"
                )
            }
    }

    /// The reserved pages, and the pages in use once testpmd and all guests run.
    var memory: [Finding] {
        plan.hugepages.flatMap { wanted -> [Finding] in
            let subject = "pages of \(plan.pageSize.rawValue) on node \(wanted.node)"
            let pool = machine.pools[wanted.node]
            let total = Finding(
                .memory, subject, expected: "\(wanted.pages) or more", found: pool.map { "\($0.total)" } ?? "none",
                matches: (pool?.total ?? 0) >= wanted.pages,
                remedy: "run 'pvpgen install' and reboot; read 'journalctl -u pvp-hugepages@\(wanted.node)'")
            guard let pool, total.matches else { return [total] }
            let needed =
                plan.testpmds.filter { $0.node == wanted.node }.map(\.memory)
                + plan.guests.filter { $0.node == wanted.node }.map(\.memory)
            let pages = needed.reduce(0) { $0 + Int(($1 + plan.pageSize.bytes - 1) / plan.pageSize.bytes) }
            let used = pool.total - pool.free
            return [
                total,
                Finding(
                    .memory, subject + ", in use", expected: "\(pages) or more", found: "\(used) (\(pool.free) free)",
                    matches: used >= pages,
                    remedy: "run 'pvpgen status' to list the units that are not active"),
            ]
        }
    }

    var nics: [Finding] {
        plan.parents.map { parent in
            let found = machine.functions[parent.address]?.virtualFunctions
            return Finding(
                .nics, "\(parent.name) \(parent.address), virtual functions", expected: "\(parent.virtualFunctions)",
                found: found.map { "\($0)" } ?? "none", remedy: "journalctl -u pvp-vfs@\(parent.address)")
        } + plan.nics.flatMap(nic)
    }

    private func nic(_ nic: Plan.NIC) -> [Finding] {
        let subject = "\(nic.name) \(nic.address)"
        guard let function = machine.functions[nic.address] else {
            return [
                Finding(
                    .nics, subject, expected: "PCI device", found: "not found",
                    remedy: "correct [NIC]; 'lspci -D' lists the devices")
            ]
        }
        let driver = function.driver ?? "none"
        let unit = "run 'systemctl restart pvp-vfio@\(nic.address)'"
        var findings: [Finding] = []
        if nic.driver == .vfioPCI {
            findings = [
                Finding(.nics, subject + ", driver", expected: "vfio-pci", found: driver, remedy: unit),
                Finding(
                    .nics, subject + ", IOMMU group", expected: "its own", found: function.groupDescription,
                    remedy:
                        "unbind the other devices of the group; read 'journalctl -k --grep=iommu' if there is no "
                        + "group"),
            ]
        } else {
            findings = [
                Finding(
                    .nics, subject + ", driver", expected: "its kernel driver", found: driver,
                    matches: function.driver != nil && driver != "vfio-pci",
                    remedy: "load the driver with modprobe, and exclude the NIC from driverctl and similar tools")
            ]
        }
        if let link = function.link {
            findings.append(
                Finding(
                    .nics, subject + ", PCI Express link", expected: link.best, found: link.now,
                    remedy: "move the card to a slot with more lanes or of a newer generation"))
        }
        return findings
    }

    /// Never fewer than those of the plan; those of both are named by their numbers.
    static func text(_ cpus: CPUSet) -> String { cpus.isEmpty ? "none" : "\(cpus)" }
}

extension Snapshot.Function {
    fileprivate var groupDescription: String {
        if group == nil { return "none" }
        return otherBoundFunctions.isEmpty ? "its own" : "shared with \(otherBoundFunctions.joined(separator: ", "))"
    }
}
