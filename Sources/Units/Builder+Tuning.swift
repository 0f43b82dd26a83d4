import HostTopology
import Plan
import Tuning
import UnitFile

extension Builder {
    /// What keeps the host off isolated CPUs. It stays for as long as the target is up, and what puts everything back runs however it ends.
    mutating func addTuning(_ plan: Plan) {
        guard !plan.testpmds.isEmpty, !plan.isolated.isEmpty, !plan.housekeeping.isEmpty, !plan.tuning.isEmpty else { return }
        let program = "\(layout.programs)/pvp-host"
        addUnit(
            "pvp-tune.service",
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "Host tuned for lcores and vCPUs"), .value("PartOf", "pvp.target"),
                        .comment("What they set by themselves is left to them."), .value("After", "tuned.service irqbalance.service"),
                        .value("Before", plan.testpmds.map { $0.name + ".service" }.joined(separator: " ")),
                    ]),
                Section(
                    "Service",
                    [
                        .value("Type", "notify"), .execute([program, "tune", "--stay"] + plan.tuning.arguments),
                        .value("ExecStopPost", "\(program) untune"), .value("Restart", "on-failure"), .value("RestartSec", "2"),
                        .value("TimeoutStartSec", "60"), .value("TimeoutStopSec", "60"),
                        .value("CPUAffinity", plan.housekeeping.description),
                        .comment(
                            "It writes to /proc/sys, /proc/irq and /sys, remembers in /run/pvp/state, and talks to systemd and irqbalance."),
                        .value("ProtectSystem", "strict"), .value("ReadWritePaths", "/run/pvp"),
                        .value("RestrictAddressFamilies", "AF_UNIX"),
                    ] + privileges(plan.tuning)),
            ])
    }

    private func privileges(_ tuning: Tuning) -> [Entry] {
        var entries: [Entry] = []
        if tuning.items.contains(.numaBalancing) {
            entries += [
                .comment("kernel.numa_balancing is for CAP_SYS_ADMIN alone; all else is root's."),
                .value("CapabilityBoundingSet", "CAP_SYS_ADMIN"),
            ]
        } else {
            entries.append(.value("CapabilityBoundingSet", ""))
        }
        entries.append(.value("DevicePolicy", "closed"))
        if tuning.wakeupLatency == nil {
            entries.append(.value("PrivateDevices", "yes"))
        } else {
            entries.append(.value("DeviceAllow", "/dev/cpu_dma_latency w"))
        }
        return entries + [
            .value("IPAddressDeny", "any"), .value("KeyringMode", "private"), .value("LockPersonality", "yes"),
            .value("MemoryDenyWriteExecute", "yes"), .value("NoNewPrivileges", "yes"), .value("PrivateNetwork", "yes"),
            .value("PrivateTmp", "yes"), .value("ProtectClock", "yes"), .value("ProtectControlGroups", "yes"),
            .value("ProtectHome", "yes"), .value("ProtectHostname", "yes"), .value("ProtectKernelLogs", "yes"),
            .value("ProtectKernelModules", "yes"), .value("RestrictNamespaces", "yes"), .value("RestrictRealtime", "yes"),
            .value("RestrictSUIDSGID", "yes"), .value("SystemCallArchitectures", "native"), .value("SystemCallErrorNumber", "EPERM"),
            .value("SystemCallFilter", "@system-service"), .value("UMask", "0077"),
        ]
    }
}
