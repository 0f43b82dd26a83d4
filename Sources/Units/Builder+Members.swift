import Config
import Domain
import Plan
import UnitFile
import Values
import XML

extension Builder {
    /// One node's hugepages. The mount is hooked up to the boot, not to the target: libvirt sees
    /// only what was mounted when it started.
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

    /// One guest. Its testpmds are wanted, not required: a testpmd that is restarted must not take
    /// the guest with it.
    mutating func add(_ guest: GuestPlan, after needed: [String]) {
        let testpmds = guest.testpmds
        let units = testpmds.map { $0 + ".service" }
        var service: [UnitEntry] = [
            // Without testpmd QEMU would wait for its sockets to be connected to.
            .words("ExecStartPre", [layout.programs + "/pvp-host", "ready"] + units),
            .value("Environment", readiness(of: guest, testpmds)),
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
        service.append(.input(guest.domain.bytes))
        _ = addInstance(
            "pvp-guest", guest.name,
            [
                Section("Unit", [.words("Wants", units), .words("Requires", needed), .words("After", units + needed)]),
                Section("Service", service),
            ])
    }

    /// The variable with what pvp-guest has to know of when the guest is ready.
    private func readiness(of guest: GuestPlan, _ testpmds: [String]) -> String {
        var value: Text = "\"PVP_READY=--ready-when=\(guest.readyWhen.rawValue)"
        switch guest.readyWhen {
        case .running, .agent: break
        case .vhost:
            for testpmd in testpmds {
                let ports = guest.vhosts.indices.compactMap { guest.vhosts[$0].testpmd == testpmd ? guest.vhosts[$0].port : nil }
                value += " --vhost=\(TestpmdPlan.telemetry(of: testpmd)):\(ports)"
            }
        case .ssh: if let address = guest.managementAddress { value += " --ssh=\(address)" }
        }
        if guest.startTimeout != GuestSection.defaults.startTimeout { value += " --start-timeout=\(guest.startTimeout)" }
        value += "\""
        return value.string
    }
}
