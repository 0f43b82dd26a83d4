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

    /// One testpmd.
    mutating func add(_ testpmd: TestpmdPlan, housekeeping: CPUSet, after needed: [String]) {
        let needs = needed.joined(separator: " ")
        let console = [
            "\(layout.programs)/pvp-console", "--name=\(testpmd.name)", "--socket=/run/pvp/\(testpmd.name).sock",
            "--telemetry=/run/pvp-\(testpmd.name)/dpdk/\(testpmd.name)/dpdk_telemetry.v2", "--ports=\(testpmd.portCount)", "--",
        ]
        addUnit(
            "\(testpmd.name).service",
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "testpmd between NICs and guests"),
                        .value("Documentation", "https://doc.dpdk.org/guides/testpmd_app_ug/"),
                        .value("Requires", needs), .value("After", needs), .value("PartOf", "pvp.target"),
                        .value("StartLimitIntervalSec", "60"),
                        .value("StartLimitBurst", "5"),
                    ]),
                Section(
                    "Service",
                    [
                        .value("Type", "notify"), .execute(console + testpmd.arguments), .value("Restart", "on-failure"),
                        .value("RestartSec", "200ms"),
                        .value("TimeoutStartSec", "120"), .value("TimeoutStopSec", "\(testpmd.stopTimeout)"), .value("KillMode", "mixed"),
                        .value("Slice", "pvp.slice"),
                        .value("RuntimeDirectory", "pvp-\(testpmd.name)"), .value("RuntimeDirectoryMode", "0700"),
                        // Lcores pin themselves; this is for DPDK's control threads.
                        .value("CPUAffinity", housekeeping.description), .value("LimitMEMLOCK", "infinity"),
                        // A core file of gigabytes of hugepages would hold up the restart.
                        .value("LimitCORE", "0"),
                    ] + Self.testpmdSandbox(isBifurcated: testpmd.isBifurcated)),
            ])
    }

    /// What DPDK leaves of systemd's sandbox: it needs /dev/vfio, hugetlbfs, the devices' files in /sys, locked memory, and root's way into QEMU's sockets.
    private static func testpmdSandbox(isBifurcated: Bool) -> [Entry] {
        // A bifurcated driver asks the kernel about its interface through a socket of IPv4 (netdevice(7)).
        let families = isBifurcated ? "AF_UNIX AF_NETLINK AF_INET" : "AF_UNIX AF_NETLINK"
        return [
            .value("NoNewPrivileges", "yes"), .value("LockPersonality", "yes"), .value("PrivateTmp", "yes"),
            .value("ProtectControlGroups", "yes"),
            .value("ProtectHome", "yes"), .value("ProtectHostname", "yes"), .value("ProtectKernelLogs", "yes"),
            .value("ProtectKernelModules", "yes"),
            .value("ProtectSystem", "full"), .value("RestrictAddressFamilies", families), .value("RestrictNamespaces", "yes"),
            .value("RestrictRealtime", "yes"), .value("RestrictSUIDSGID", "yes"), .value("SystemCallArchitectures", "native"),
            // DPDK writes each line to syslog as well: it would be in the journal twice.
            .value("InaccessiblePaths", "-/dev/log"),
        ]
    }

    /// One guest. Its testpmds are wanted, not required: a testpmd that is restarted must not take the guest with it.
    mutating func add(_ guest: GuestPlan, after needed: [String]) {
        let needs = needed.joined(separator: " ")
        let testpmds = guest.testpmds.map { $0 + ".service" }
        let names = testpmds.joined(separator: " ")
        var service: [Entry] = [
            // Without testpmd QEMU would wait for its sockets to be connected to.
            .value("ExecStartPre", "\(layout.programs)/pvp-host ready \(names)")
        ]
        if guest.stopTimeout != GuestSection().stopTimeout {
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
}
