import Foundation
import Lab
import LabTools
import Testing

/// NICs of the host's own network stay where they are: each is named in `PCIAddress=`, and tried by
/// hand and at a cold boot with `Autostart=yes`.
extension SoakTests {
    /// How the host's network uses a NIC.
    enum NetworkUse: String, CaseIterable, Sendable {
        case address
        case routeInASecondTable = "route in a second table"
        case sshd
    }

    @Test(arguments: NetworkUse.allCases) func aNICOfTheHostsNetworkStays(_ use: NetworkUse) async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration)
        let nic = try use == .sshd ? host.managementNIC() : host.nics[0]
        let driver = try host.driver(of: nic)
        let interface = try host.interface(of: nic)
        // At each boot, as a network manager does it: after network-pre.target.
        let commands: [String]
        let purpose: String
        switch use {
        case .address:
            commands = ["ip link set \(interface) up", "ip address replace 192.0.2.5/24 dev \(interface)"]
            purpose = "address 192.0.2.5/24"
        case .routeInASecondTable:
            commands = ["ip link set \(interface) up", "ip route replace 198.51.100.0/24 dev \(interface) table 100"]
            purpose = "route to 198.51.100.0/24 in table 100"
        case .sshd:
            commands = []
            purpose = "address "
        }
        try host.setUpNetwork(commands)
        // By Force=yes, or this would be refused: it records the network, and binds nothing.
        let others = use == .sshd ? host.nics[0] : host.nics[1]
        let sections = PVPHost.configuration(nics: [nic, others])
        try host.configure(sections.replacing("[NIC]\n", with: "[NIC]\nForce=yes\n"))
        try host.pvpgenInstall()
        let unit = "pvp-vfio@\(nic).service"
        try host.configure(sections + "[Host]\nAutostart=yes\n")
        try host.shell.run(["systemctl", "daemon-reload"])

        // By hand, when the network is up.
        try host.expectRefusal(
            of: "interface \(interface) with \(purpose)", remedy: "Force=yes", unit: unit,
            says: [
                "NIC \(nic): the host's network uses it: interface \(interface) with \(purpose)", "choose another NIC",
            ])
        #expect(try host.driver(of: nic) == driver)
        let install = try host.shell.attempt(["pvpgen", "install"], within: 300)
        #expect(install.status == 1 && install.output.contains("the host's network uses it"), "\(install)")
        try host.stop()

        // At a cold boot the network is not up yet. That the shell answers says that its own NIC is
        // where it was.
        try host.reboot()
        #expect(try host.driver(of: nic) == driver)
        let journal = try host.journal(unit)
        let recorded = "when 'pvpgen install' recorded the network: interface \(interface) with \(purpose)"
        for words in [recorded, "run 'pvpgen install' again", "Force=yes"] {
            #expect(journal.contains(words), "\(unit) says:\n\(journal)")
        }

        // Without any record nothing is taken at boot: one that was never installed does not cut
        // itself off.
        try host.shell.run(["rm", "/var/lib/pvpgen/network"])
        try host.reboot()
        #expect(try host.driver(of: nic) == driver)
        #expect(try host.journal(unit).contains("use by the host's network is unknown"))

        try host.stop()
        try host.setUpNetwork([])
        try host.shell.run(["ip", "address", "flush", "dev", interface, "to", "192.0.2.0/24"])
        _ = try host.shell.attempt(["ip", "route", "flush", "table", "100"])
        try host.idle(with: PVPHost.configuration)
        try host.pvpgenInstall()
    }
}

extension PVPHost {
    private static let network = "lab-network.service"

    /// Commands that a unit runs at each boot, and now; none removes the unit.
    fileprivate func setUpNetwork(_ commands: [String]) throws {
        let file = "/etc/systemd/system/\(Self.network)"
        if commands.isEmpty {
            _ = try shell.attempt(["systemctl", "disable", "--now", Self.network])
            try shell.run(["rm", "--force", file])
        } else {
            let lines = commands.map { "ExecStart=/bin/sh -c '\($0)'\n" }.joined()
            try shell.write(
                "[Unit]\nAfter=network-pre.target\nWants=network-pre.target\n[Service]\nType=oneshot\n"
                    + "RemainAfterExit=yes\n\(lines)[Install]\nWantedBy=multi-user.target\n", to: file)
            try shell.run(["systemctl", "daemon-reload"])
            try shell.run(["systemctl", "enable", Self.network])
            try shell.run(["systemctl", "restart", Self.network])
        }
        try shell.run(["systemctl", "daemon-reload"])
    }

    /// The NIC that sshd is reached through.
    fileprivate func managementNIC() throws -> String {
        let route = try shell.run(["ip", "-o", "route", "show", "default"]).split(separator: " ").map(String.init)
        let location = try #require(route.firstIndex(of: "dev").map { route[$0 + 1] }, "\(route)")
        let device = try shell.run(["readlink", "--canonicalize", "/sys/class/net/\(location)/device"]).trimmingNewline
        // A virtio NIC's interface is below its virtio device.
        let parts = device.split(separator: "/").filter { $0.contains(":") && $0.contains(".") }
        return String(try #require(parts.last, "\(device)"))
    }

    fileprivate func driver(of nic: String) throws -> String {
        String(try shell.run(["readlink", "/sys/bus/pci/devices/\(nic)/driver"]).split(separator: "/").last ?? "")
            .trimmingNewline
    }

    fileprivate func interface(of nic: String) throws -> String {
        try shell.run([
            "sh", "-c",
            "ls -d /sys/bus/pci/devices/\(nic)/net/* /sys/bus/pci/devices/\(nic)/virtio*/net/* 2>/dev/null || true",
        ])
        .split(separator: "\n").first.flatMap { $0.split(separator: "/").last }.map(String.init) ?? ""
    }
}
