import Config
import Domain
import HelperCalls
import Plan
import UnitFile
import Values
import XML

extension Builder {
    /// One node's hugepages. The mount is hooked up to the boot, not to the target: libvirt sees
    /// only what was mounted when it started.
    mutating func add(_ hugepages: Plan.Hugepages, of size: PageSize) -> String {
        let mount = "dev-hugepages\(size.rawValue).mount"
        let verb = HostVerb.reserveHugepages(
            node: hugepages.node, size: size.hugepageSize, pages: hugepages.pages)
        output.link("sysinit.target.wants/\(mount)", to: "\(layout.units)/\(mount)")
        return addInstance(
            "pvp-hugepages", "\(hugepages.node)",
            [Section("Unit", []), Section("Service", Self.environment(verb.variables))])
    }

    /// One guest. Its testpmds are wanted, not required: a testpmd that is restarted must not take
    /// the guest with it.
    mutating func add(_ guest: GuestPlan, after needed: [String]) {
        let units = guest.testpmds.map { $0 + ".service" }
        let call = GuestCall(guest)
        var service: [UnitEntry] = [
            // Without testpmd QEMU would wait for its sockets to be connected to.
            .words("ExecStartPre", command(HostCall.program, HostCall(.ready(units)).arguments)),
            .value("Environment", "\"\(call.readyVariable)\""),
        ]
        if guest.startTimeout != GuestSection.defaults.startTimeout {
            // Destroying it takes time as well.
            service.append(.value("TimeoutStartSec", "\(guest.startTimeout + 60)"))
        }
        if guest.stopTimeout != GuestSection.defaults.stopTimeout {
            // Destroying it takes time as well.
            service += [
                .value("Environment", call.stopVariable),
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
}

extension GuestCall {
    /// The main process of a guest's unit.
    fileprivate init(_ guest: GuestPlan) {
        self.init(guest.name)
        readyWhen = guest.readyWhen
        startTimeout = guest.startTimeout
        stopTimeout = guest.stopTimeout
        switch guest.readyWhen {
        case .running, .agent: break
        case .vhost:
            for testpmd in guest.testpmds {
                let ports = guest.vhosts.indices.compactMap {
                    guest.vhosts[$0].testpmd == testpmd ? guest.vhosts[$0].port : nil
                }
                vhosts.append(Ports(telemetry: TestpmdPlan.telemetry(of: testpmd), numbers: ports))
            }
        case .ssh: ssh = guest.managementAddress
        }
    }
}
