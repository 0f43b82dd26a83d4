import Diagnostics
import HelperCalls
import Plan
import Values

extension Builder {
    /// The CPUs of the slice that testpmd is in. The slice has the cpuset controller from its
    /// start: libvirt switches it on for a guest's scope, and where that is the first use, kernels
    /// before 6.2 give every thread on the machine all CPUs again (systemd issue 23748), lcores
    /// too.
    mutating func addSlice(_ plan: Plan) {
        guard !plan.testpmds.isEmpty else { return }
        var cpus = plan.testpmds.reduce(plan.housekeeping) { $0.union($1.forwardingLcores) }
        for generator in plan.generators { cpus.formUnion(generator.lcores) }
        addFile(
            "pvp.slice.d/50-pvpgen.conf",
            [Section("Unit", []), Section("Slice", [.value("AllowedCPUs", cpus.description)])])
    }

    /// A program that only reads and reports.
    private static var confined: [UnitEntry] {
        [
            .value("NoNewPrivileges", "yes"), .value("CapabilityBoundingSet", ""), .value("PrivateNetwork", "yes"),
            .value("ProtectHome", "yes"),
            .value("ProtectSystem", "strict"), .value("RestrictNamespaces", "yes"),
            .value("SystemCallArchitectures", "native"),
        ]
    }

    /// The members of pvp.target, in one file: a link for each takes longer. A member is wanted,
    /// not required: one that is restarted must not take the others with it.
    mutating func addTarget() {
        addFile(UnitTree.target, [Section("Unit", [.words("Wants", members)])])
    }

    /// What pvp.target requires: a unit that succeeds when every member is up, and names those that
    /// are not.
    mutating func addReady() {
        addFile(
            "pvp-ready.service",
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "PVP Host Readiness"), .value("PartOf", "pvp.target"),
                        .words("After", members),
                    ]),
                Section(
                    "Service",
                    [
                        .value("Type", "oneshot"),
                        .execute(command(HostCall.program, HostCall(.ready(members)).arguments)),
                    ] + Self.confined
                ),
            ])
        output.link("pvp.target.requires/pvp-ready.service", to: "../pvp-ready.service")
    }

    /// Metrics, served where the configuration says. They are not part of the target: monitoring
    /// must show that it is down, too.
    mutating func addMetrics(on address: String, housekeeping: CPUSet) {
        addFile(
            "pvp-metrics.socket.d/50-pvpgen.conf",
            [Section("Unit", []), Section("Socket", [.text("ListenStream", address)])])
        addFile(
            "pvp-metrics@.service.d/50-pvpgen.conf",
            [Section("Unit", []), Section("Service", [.value("CPUAffinity", housekeeping.description)])])
        output.link("sockets.target.wants/pvp-metrics.socket", to: "\(layout.units)/pvp-metrics.socket")
    }

    /// The errors in the configuration, as a unit that fails and prints them: messages of a
    /// generator go unseen.
    mutating func addConfigError(_ problems: [Problem]) {
        addUnit(
            "pvp-config-error.service",
            [
                Section("Unit", [.text("Description", "Errors in \(source)"), .value("PartOf", "pvp.target")]),
                Section(
                    "Service",
                    [
                        .value("Type", "oneshot"),
                        .execute(command(HostCall.program, HostCall(.configError).arguments)),
                        .value("StandardInput", "data"),
                        .input(problems.flatMap { Array($0.rendered.utf8) }),
                    ] + Self.confined),
            ])
    }
}
