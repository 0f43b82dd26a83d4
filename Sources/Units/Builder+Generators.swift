import Config
import HelperCalls
import Plan
import UnitFile
import Values

extension Builder {
    /// The generator of a measurement. It is no member of the target: pvpgen measure starts it.
    mutating func add(_ generator: GeneratorPlan, housekeeping: CPUSet, after needed: [String]) {
        guard case .local(let local) = generator.program else { return }
        let call = TrafficCall(generator, local)
        var unit: [UnitEntry] = [
            .value("Description", "Traffic Generator of \(generator.testpmd)"),
            .value("Documentation", "man:pvpgen(8)"),
        ]
        if !needed.isEmpty { unit.append(.words("Requires", needed)) }
        unit += [.words("After", needed + ["\(generator.testpmd).service"]), .value("PartOf", "pvp.target")]
        addFile(
            "pvp-traffic@\(generator.name).service",
            [
                Section("Unit", unit),
                Section(
                    "Service",
                    [
                        .value("Type", "exec"), .execute(command(TrafficCall.program, call.arguments)),
                        .value("Slice", "pvp.slice"),
                        .value("RuntimeDirectory", "pvp-traffic-\(generator.name)"),
                        .value("RuntimeDirectoryMode", "0700"),
                        .comment("For DPDK's control threads; lcores pin themselves."),
                        .value("CPUAffinity", housekeeping.description), .value("LimitMEMLOCK", "infinity"),
                        .value("LimitCORE", "0"),
                    ] + Self.sandbox(of: local)),
            ])
    }

    /// The sandboxing that DPDK permits. Comments in the unit give the reason for each exception.
    private static func sandbox(of local: LocalGenerator) -> [UnitEntry] {
        var capabilities = "CAP_IPC_LOCK CAP_SYS_NICE"
        var open: [UnitEntry] = [.comment("IPC_LOCK, SYS_NICE: locked memory on one NUMA node.")]
        if local.hasNoIOMMU {
            open = [.comment("VFIO without an IOMMU requires SYS_RAWIO, and physical addresses SYS_ADMIN.")]
            capabilities += " CAP_SYS_RAWIO CAP_SYS_ADMIN"
        }
        if !local.devices.isEmpty {
            open.append(.comment("Virtual devices use interfaces of the host, and sockets of other users."))
            capabilities += " CAP_DAC_OVERRIDE CAP_NET_ADMIN CAP_NET_RAW"
        }
        open.append(.value("CapabilityBoundingSet", capabilities))
        if local.devices.isEmpty {
            open += [.value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK"), .value("PrivateNetwork", "yes")]
        } else {
            open.append(.value("RestrictAddressFamilies", "AF_UNIX AF_NETLINK AF_INET AF_PACKET"))
        }
        return open + [
            .comment("Root, because VFIO's devices and DPDK's files in /sys and /proc belong to root."),
            .value("DevicePolicy", "closed"), .value("DeviceAllow", "/dev/vfio/vfio rw"),
            .value("DeviceAllow", "char-vfio rw"),
            .value("IPAddressDeny", "any"), .value("KeyringMode", "private"), .value("LockPersonality", "yes"),
            .value("MemoryDenyWriteExecute", "yes"), .value("NoNewPrivileges", "yes"), .value("PrivateTmp", "yes"),
            .value("ProtectClock", "yes"), .value("ProtectControlGroups", "yes"), .value("ProtectHome", "yes"),
            .value("ProtectHostname", "yes"), .value("ProtectKernelLogs", "yes"), .value("ProtectKernelModules", "yes"),
            .value("ProtectKernelTunables", "yes"), .value("ProtectSystem", "strict"),
            .value("RestrictNamespaces", "yes"), .value("RestrictRealtime", "yes"), .value("RestrictSUIDSGID", "yes"),
            .value("SystemCallArchitectures", "native"), .value("SystemCallErrorNumber", "EPERM"),
            .value("SystemCallFilter", "@system-service"), .value("UMask", "0077"),
            .comment("DPDK also writes each line to syslog, which would duplicate it in the journal."),
            .value("InaccessiblePaths", "-/dev/log"),
        ]
    }
}

extension TrafficCall {
    fileprivate init(_ generator: GeneratorPlan, _ local: LocalGenerator) {
        self.init(
            name: generator.name, mainLcore: local.mainLcore, lcores: local.lcores,
            memory: local.memory == 0 ? [] : Array(repeating: 0, count: local.node) + [Int(local.memory >> 20)],
            nics: local.nics.map { "\($0.address)" + ($0.deviceArguments.map { "," + $0 } ?? "") },
            devices: local.devices, socket: Self.socket(of: generator.name))
    }
}
