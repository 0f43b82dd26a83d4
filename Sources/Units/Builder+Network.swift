import Domain
import HelperCalls
import Plan
import UnitFile
import XML

extension Builder {
    /// The guests' management network: a oneshot that creates it, and removes it when it is
    /// stopped.
    mutating func add(_ network: NetworkPlan, for guests: [GuestPlan]) {
        var call = NetworkCall(.create(network.host, bridge: network.bridge), name: network.name, uuid: network.uuid)
        let start = command(NetworkCall.program, call.arguments)
        call.verb = .destroy
        let stop = command(NetworkCall.program, call.arguments)
        addUnit(
            "pvp-network.service",
            [
                Section(
                    "Unit",
                    [
                        .value("Description", "Network \(network.name) of PVP Guests"), .value("PartOf", "pvp.target"),
                        .comment("pvp-network checks the addresses of the host at this time."),
                        .value(
                            "After",
                            "network.target libvirtd.service virtqemud.service virtnetworkd.service dbus.service"),
                    ]),
                Section(
                    "Service",
                    [
                        .value("Type", "oneshot"), .value("RemainAfterExit", "yes"), .value("StandardInput", "data"),
                        .execute(start),
                        .comment("Also after a start that timed out, because libvirt continues on its own."),
                        .stopPost(stop), .value("TimeoutStartSec", "3min"), .value("TimeoutStopSec", "60"),
                        .comment("Connects to libvirt's socket, and records in /run/pvp/state what it created."),
                        .value("NoNewPrivileges", "yes"), .value("CapabilityBoundingSet", ""),
                        .value("LockPersonality", "yes"),
                        .value("PrivateDevices", "yes"), .value("ProtectControlGroups", "yes"),
                        .value("ProtectHome", "yes"),
                        .value("ProtectKernelModules", "yes"), .value("ProtectKernelTunables", "yes"),
                        .value("ProtectSystem", "strict"), .value("ReadWritePaths", "/run/pvp"),
                        .value("RestrictAddressFamilies", "AF_UNIX"),
                        .value("RestrictNamespaces", "yes"), .value("RestrictRealtime", "yes"),
                        .value("RestrictSUIDSGID", "yes"),
                        .value("SystemCallArchitectures", "native"),
                        .input(network.xml(for: guests).bytes),
                    ]),
            ])
    }

    /// The host's port that leads to a guest's ssh.
    mutating func addSSH(_ guest: GuestPlan) {
        guard let management = guest.management, let listen = management.sshListen else { return }
        let unit = "pvp-ssh@\(guest.name)"
        addFile(
            "\(unit).service.d/50-pvpgen.conf",
            [Section("Unit", []), Section("Service", [.value("Environment", "PVP_SSH=\(management.address):22")])])
        _ = addInstance(
            "pvp-ssh", guest.name, type: "socket",
            sections: [Section("Unit", []), Section("Socket", [.value("ListenStream", listen)])])
    }
}
