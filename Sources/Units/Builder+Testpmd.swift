import Config
import HelperCalls
import Plan
import UnitFile
import Values

extension Builder {
    /// One testpmd, and the sockets of its console.
    mutating func add(_ testpmd: TestpmdPlan, housekeeping: CPUSet, after needed: [String]) {
        let socket = addSocket(
            "\(testpmd.name).socket", testpmd.consoleSocket, of: testpmd, name: "console", group: "pvp")
        // testpmd starts even if the group does not exist.
        let view = testpmd.readOnlyGroup.map {
            addSocket("pvp-view@\(testpmd.name).socket", testpmd.viewSocket, of: testpmd, name: "view", group: $0)
        }
        let needs = needed + [socket]
        var unit: [UnitEntry] = [
            .value("Description", testpmd.isInGuest ? "DPDK testpmd, Reflector" : "DPDK testpmd"),
            .value("Documentation", "https://doc.dpdk.org/guides/testpmd_app_ug/"),
            .words("Requires", needs), .words("After", view.map { needs + [$0] } ?? needs),
            .value("PartOf", "pvp.target"),
            .value("StartLimitIntervalSec", "60"),
            .value("StartLimitBurst", "5"),
        ]
        var sockets: [UnitEntry] = [.value("Sockets", socket)]
        if let view {
            unit.insert(.value("Wants", view), at: 3)
            sockets = [.value("Sockets", "\(socket) \(view)")]
        }
        var call = ConsoleServerCall(name: testpmd.name, ports: testpmd.portCount, command: testpmd.arguments)
        call.telemetry = testpmd.telemetry
        call.stopTimeout = testpmd.stopTimeout
        call.viewGroup = testpmd.readOnlyGroup
        let console = command(ConsoleServerCall.program, call.arguments)
        addUnit(
            "\(testpmd.name).service",
            [
                Section("Unit", unit),
                Section(
                    "Service",
                    [.value("Type", "notify")] + sockets + [.execute(console)] + reload(testpmd) + [
                        .value("Restart", "on-failure"),
                        .value("RestartSec", "200ms"),
                        .comment("Notified while telemetry answers: a testpmd that hangs is restarted."),
                        .value("WatchdogSec", "30"),
                        .value("TimeoutStartSec", "120"), .comment("pvp-console kills testpmd earlier."),
                        .value("TimeoutStopSec", "\(testpmd.stopTimeout + 10)"), .value("KillMode", "mixed"),
                        .value("Slice", "pvp.slice"),
                        .value("RuntimeDirectory", "pvp-\(testpmd.name)"), .value("RuntimeDirectoryMode", "0700"),
                        .comment("For DPDK's control threads; lcores pin themselves."),
                        .value("CPUAffinity", housekeeping.description), .value("LimitMEMLOCK", "infinity"),
                        .comment("Writing a core file of gigabytes would delay the restart."),
                        .value("LimitCORE", "0"),
                        .comment("pvp-console limits the rate itself, and drops no errors."),
                        .value("LogRateLimitIntervalSec", "0"),
                    ] + Self.sandbox(of: testpmd)),
            ])
    }

    /// A socket of the console. It stops with its service, so that a client cannot start a stopped
    /// testpmd.
    private mutating func addSocket(
        _ unit: String, _ path: String, of testpmd: TestpmdPlan, name: String, group: String
    ) -> String {
        addFile(
            unit,
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "Console of \(testpmd.name)"),
                        .value("PartOf", "\(testpmd.name).service"),
                        .comment("The start limit of the service applies."),
                        .value("StartLimitIntervalSec", "0"),
                    ]),
                Section(
                    "Socket",
                    [
                        .value("ListenStream", path), .value("FileDescriptorName", name),
                        .value("Service", "\(testpmd.name).service"),
                        .value("SocketGroup", group), .value("SocketMode", "0660"), .value("RemoveOnStop", "yes"),
                    ]),
            ])
        return unit
    }

    /// What can change without a restart: forwarding mode, peers, number of lcores.
    private func reload(_ testpmd: TestpmdPlan) -> [UnitEntry] {
        guard !testpmd.portList.isEmpty else { return [] }
        let ports: UTF8StringBuilder = "set portlist \(testpmd.portList)"
        let commands = [
            "stop", "set fwd \(testpmd.forwardMode.rawValue)", ports.string,
            "set nbcore \(testpmd.forwardingLcores.count)", "start",
        ]
        return [.reload(["\(layout.binaries)/pvpgen", "console", testpmd.name] + commands.flatMap { ["-c", $0] })]
    }

    /// The sandboxing that DPDK permits. Comments in the unit give the reason for each exception.
    private static func sandbox(of testpmd: TestpmdPlan) -> [UnitEntry] {
        var open: [UnitEntry] = [
            .comment("DAC_OVERRIDE: QEMU owns the sockets. IPC_LOCK, SYS_NICE: locked memory on one NUMA node."),
            .value("CapabilityBoundingSet", "CAP_DAC_OVERRIDE CAP_IPC_LOCK CAP_SYS_NICE"),
            .value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK"),
            .value("PrivateNetwork", "yes"),
            .comment("Root, because VFIO's devices and DPDK's files in /sys and /proc belong to root."),
            .value("DevicePolicy", "closed"), .value("DeviceAllow", "/dev/vfio/vfio rw"),
            .value("DeviceAllow", "char-vfio rw"),
        ]
        if testpmd.hasNoIOMMU {
            open += [
                .comment("VFIO without an IOMMU requires SYS_RAWIO, and physical addresses SYS_ADMIN."),
                .value("CapabilityBoundingSet", "CAP_SYS_RAWIO CAP_SYS_ADMIN"),
            ]
        }
        if testpmd.isBifurcated {
            open =
                [
                    .comment(
                        "A bifurcated driver uses the kernel's interface, verbs devices and raw access to queues."
                    ),
                    .value(
                        "CapabilityBoundingSet",
                        "CAP_DAC_OVERRIDE CAP_IPC_LOCK CAP_SYS_NICE CAP_NET_ADMIN CAP_NET_RAW CAP_SYS_RAWIO"),
                    .value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK AF_INET"),
                ] + open.dropFirst(4) + [.value("DeviceAllow", "char-infiniband_verbs rw")]
        }
        return open + [
            .value("IPAddressDeny", "any"), .value("KeyringMode", "private"), .value("LockPersonality", "yes"),
            .value("MemoryDenyWriteExecute", "yes"), .value("NoNewPrivileges", "yes"), .value("PrivateTmp", "yes"),
            .value("ProtectClock", "yes"), .value("ProtectControlGroups", "yes"), .value("ProtectHome", "yes"),
            .value("ProtectHostname", "yes"), .value("ProtectKernelLogs", "yes"), .value("ProtectKernelModules", "yes"),
            .value("ProtectKernelTunables", "yes"), .value("ProtectSystem", "strict"),
            .value("RestrictNamespaces", "yes"),
            .value("RestrictRealtime", "yes"), .value("RestrictSUIDSGID", "yes"),
            .value("SystemCallArchitectures", "native"),
            .value("SystemCallErrorNumber", "EPERM"), .value("SystemCallFilter", "@system-service"),
            .value("UMask", "0077"),
            .comment("DPDK also writes each line to syslog, which would duplicate it in the journal."),
            .value("InaccessiblePaths", "-/dev/log"),
        ]
    }
}
