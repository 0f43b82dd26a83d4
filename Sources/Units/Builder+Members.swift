import Config
import Domain
import HostTopology
import Plan
import UnitFile

extension Builder {
    /// One node's hugepages. The mount is hooked up to the boot, not to the target: libvirt sees only what was mounted when it started.
    mutating func add(_ hugepages: Plan.Hugepages, of size: PageSize) -> String {
        let mount = "dev-hugepages\(size.rawValue).mount"
        output.link("sysinit.target.wants/\(mount)", to: "\(layout.units)/\(mount)")
        return addInstance(
            "pvp-hugepages", "\(hugepages.node)",
            [
                Section("Unit", []),
                Section("Service", [.value("Environment", "PVP_PAGE_SIZE=\(size.rawValue) PVP_PAGES=\(hugepages.pages)")]),
            ])
    }

    /// One guest. Its testpmds are wanted, not required: a testpmd that is restarted must not take the guest with it.
    mutating func add(_ guest: GuestPlan, after needed: [String]) {
        let needs = needed.joined(separator: " ")
        let testpmds = guest.testpmds
        let names = testpmds.map { $0 + ".service" }.joined(separator: " ")
        var service: [Entry] = [
            // Without testpmd QEMU would wait for its sockets to be connected to.
            .value("ExecStartPre", "\(layout.programs)/pvp-host ready \(names)"),
            .value("Environment", "\"PVP_READY=\(readiness(of: guest, testpmds))\""),
        ]
        if guest.startTimeout != GuestSection.defaults.startTimeout {
            // Destroying it takes time as well.
            service.append(.value("TimeoutStartSec", "\(guest.startTimeout + 60)"))
        }
        if guest.stopTimeout != GuestSection.defaults.stopTimeout {
            // Destroying it takes time as well.
            service += [
                .value("Environment", "PVP_STOP=--stop-timeout=\(guest.stopTimeout)"),
                .value("TimeoutStopSec", "\(guest.stopTimeout + 60)"),
            ]
        }
        _ = addInstance(
            "pvp-guest", guest.name,
            [
                Section("Unit", [.value("Wants", names), .value("Requires", needs), .value("After", "\(names) \(needs)")]),
                Section("Service", service + [.input(guest.domain.bytes)]),
            ])
    }

    /// What pvp-guest has to know of when the guest is ready.
    private func readiness(of guest: GuestPlan, _ testpmds: [String]) -> String {
        var options = "--ready-when=\(guest.readyWhen.rawValue)"
        switch guest.readyWhen {
        case .running, .agent: break
        case .vhost:
            for testpmd in testpmds {
                options += " --vhost="
                options += TestpmdPlan.telemetry(of: testpmd)
                var separator = ":"
                for vhost in guest.vhosts where vhost.testpmd == testpmd {
                    options += separator
                    options += vhost.port.description
                    separator = ","
                }
            }
        case .ssh: if let address = guest.managementAddress { options += " --ssh=\(address)" }
        }
        if guest.startTimeout != GuestSection.defaults.startTimeout { options += " --start-timeout=\(guest.startTimeout)" }
        return options
    }
}
