import Config
import HostTopology
import Plan
import UnitFile

extension Builder {
    /// One testpmd, and the sockets of its console.
    mutating func add(_ testpmd: TestpmdPlan, housekeeping: CPUSet, after needed: [String]) {
        let socket = addSocket("\(testpmd.name).socket", testpmd.consoleSocket, of: testpmd, name: "console", group: "pvp")
        // A group that is not there is no reason to do without testpmd.
        let view = testpmd.readOnlyGroup.map {
            addSocket("pvp-view@\(testpmd.name).socket", testpmd.viewSocket, of: testpmd, name: "view", group: $0)
        }
        let needs = needed + [socket]
        var unit: [Entry] = [
            .value("Description", testpmd.isInGuest ? "testpmd that sends back what comes in" : "testpmd between NICs and guests"),
            .value("Documentation", "https://doc.dpdk.org/guides/testpmd_app_ug/"),
            .words("Requires", needs), .words("After", view.map { needs + [$0] } ?? needs),
            .value("PartOf", "pvp.target"),
            .value("StartLimitIntervalSec", "60"),
            .value("StartLimitBurst", "5"),
        ]
        var sockets: [Entry] = [.value("Sockets", socket)]
        if let view {
            unit.insert(.value("Wants", view), at: 3)
            sockets = [.value("Sockets", "\(socket) \(view)")]
        }
        var console = [
            "\(layout.programs)/pvp-console", "--name=\(testpmd.name)",
            "--telemetry=\(testpmd.telemetry)", "--ports=\(testpmd.portCount)", "--stop-timeout=\(testpmd.stopTimeout)",
        ]
        if let group = testpmd.readOnlyGroup { console.append("--view-group=\(group)") }
        addUnit(
            "\(testpmd.name).service",
            [
                Section("Unit", unit),
                Section(
                    "Service",
                    [.value("Type", "notify")] + sockets + [.execute(console + ["--"] + testpmd.arguments)] + reload(testpmd) + [
                        .value("Restart", "on-failure"),
                        .value("RestartSec", "200ms"),
                        .comment("Only an answer of telemetry keeps it quiet: a testpmd that hangs is restarted."),
                        .value("WatchdogSec", "30"),
                        .value("TimeoutStartSec", "120"), .comment("pvp-console insists before."),
                        .value("TimeoutStopSec", "\(testpmd.stopTimeout + 10)"), .value("KillMode", "mixed"),
                        .value("Slice", "pvp.slice"),
                        .value("RuntimeDirectory", "pvp-\(testpmd.name)"), .value("RuntimeDirectoryMode", "0700"),
                        .comment("Lcores pin themselves; this is for DPDK's control threads."),
                        .value("CPUAffinity", housekeeping.description), .value("LimitMEMLOCK", "infinity"),
                        .comment("A core file of gigabytes of hugepages would hold up the restart."),
                        .value("LimitCORE", "0"),
                        .comment("pvp-console has a limit of its own, which errors pass."),
                        .value("LogRateLimitIntervalSec", "0"),
                    ] + Self.sandbox(of: testpmd)),
            ])
    }

    /// A socket of the console. It goes with its service, so that a testpmd that was stopped is not started by somebody who looks at it.
    private mutating func addSocket(_ unit: String, _ path: String, of testpmd: TestpmdPlan, name: String, group: String) -> String {
        addFile(
            unit,
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "Console of \(testpmd.name)"), .value("PartOf", "\(testpmd.name).service"),
                        .comment("How often it may start is the service's limit, which it starts with."),
                        .value("StartLimitIntervalSec", "0"),
                    ]),
                Section(
                    "Socket",
                    [
                        .value("ListenStream", path), .value("FileDescriptorName", name), .value("Service", "\(testpmd.name).service"),
                        .value("SocketGroup", group), .value("SocketMode", "0660"), .value("RemoveOnStop", "yes"),
                    ]),
            ])
        return unit
    }

    /// What can be changed while it runs: how it forwards, what to what, and with how many lcores.
    private func reload(_ testpmd: TestpmdPlan) -> [Entry] {
        guard !testpmd.portList.isEmpty else { return [] }
        let ports: Text = "set portlist \(testpmd.portList)"
        let commands = [
            "stop", "set fwd \(testpmd.forwardMode.rawValue)", ports.string, "set nbcore \(testpmd.forwardingLcores.count)", "start",
        ]
        return [.reload(["\(layout.binaries)/pvpgen", "console", testpmd.name] + commands.flatMap { ["-c", $0] })]
    }

    /// What DPDK leaves of systemd's sandbox. Why the rest stays open is said in the unit itself.
    private static func sandbox(of testpmd: TestpmdPlan) -> [Entry] {
        var open: [Entry] = [
            .comment("QEMU's sockets are QEMU's (DAC_OVERRIDE); memory is locked, on a given node (IPC_LOCK, SYS_NICE)."),
            .value("CapabilityBoundingSet", "CAP_DAC_OVERRIDE CAP_IPC_LOCK CAP_SYS_NICE"),
            .value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK"),
            .value("PrivateNetwork", "yes"),
            .comment("NICs are reached through VFIO, and read about in /sys and /proc. Root, because both are root's."),
            .value("DevicePolicy", "closed"), .value("DeviceAllow", "/dev/vfio/vfio rw"), .value("DeviceAllow", "char-vfio rw"),
        ]
        if testpmd.hasNoIOMMU {
            open += [
                .comment("VFIO without an IOMMU is for who may write to all memory (SYS_RAWIO), and has to know where it is (SYS_ADMIN)."),
                .value("CapabilityBoundingSet", "CAP_SYS_RAWIO CAP_SYS_ADMIN"),
            ]
        }
        if testpmd.isBifurcated {
            open =
                [
                    .comment(
                        "A bifurcated driver is set up through the kernel's: its interface, its verbs devices and raw access to its queues."
                    ),
                    .value("CapabilityBoundingSet", "CAP_DAC_OVERRIDE CAP_IPC_LOCK CAP_SYS_NICE CAP_NET_ADMIN CAP_NET_RAW CAP_SYS_RAWIO"),
                    .value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK AF_INET"),
                ] + open.dropFirst(4) + [.value("DeviceAllow", "char-infiniband_verbs rw")]
        }
        return open + [
            .value("IPAddressDeny", "any"), .value("KeyringMode", "private"), .value("LockPersonality", "yes"),
            .value("MemoryDenyWriteExecute", "yes"), .value("NoNewPrivileges", "yes"), .value("PrivateTmp", "yes"),
            .value("ProtectClock", "yes"), .value("ProtectControlGroups", "yes"), .value("ProtectHome", "yes"),
            .value("ProtectHostname", "yes"), .value("ProtectKernelLogs", "yes"), .value("ProtectKernelModules", "yes"),
            .value("ProtectKernelTunables", "yes"), .value("ProtectSystem", "strict"), .value("RestrictNamespaces", "yes"),
            .value("RestrictRealtime", "yes"), .value("RestrictSUIDSGID", "yes"), .value("SystemCallArchitectures", "native"),
            .value("SystemCallErrorNumber", "EPERM"), .value("SystemCallFilter", "@system-service"), .value("UMask", "0077"),
            .comment("DPDK writes each line to syslog as well: it would be in the journal twice."),
            .value("InaccessiblePaths", "-/dev/log"),
        ]
    }
}
