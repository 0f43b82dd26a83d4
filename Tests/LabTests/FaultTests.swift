import Lab
import LabTools
import Testing

extension LabTests {
    @Test func aConsoleWithoutASocketSaysWhatToDo() async throws {
        let host = try await SharedHost.shared.running()
        let before = try host.mainProcess(of: "testpmd.service")
        let second = try host.shell.attempt([
            "/usr/lib/pvpgen/pvp-console", "--name=testpmd", "--telemetry=/run/none", "--ports=4", "--",
            "/usr/bin/dpdk-testpmd",
            "--version",
        ])
        #expect(second.status == 1)
        #expect(
            second.output.contains("systemd-socket-activate") && second.output.split(separator: "\n").count == 1,
            "\(second.output)")
        #expect(try host.mainProcess(of: "testpmd.service") == before)
    }

    @Test func killedConsoleTakesTestpmdWithItAndComesBack() async throws {
        let host = try await SharedHost.shared.running()
        let testpmd = try host.shell.run(["pidof", "dpdk-testpmd"]).trimmingNewline
        try host.shell.run(["kill", "-9", "\(try host.mainProcess(of: "testpmd.service"))"])
        _ = try #require(try host.lab.wires.waitUntilCrossing(within: 30))
        #expect(try host.cross(200, from: .nic0).isWhole)
        let now = try host.shell.run(["pidof", "dpdk-testpmd"]).trimmingNewline
        #expect(now != testpmd && !now.contains(" "), "one testpmd, and a new one: \(now)")
        let answer = try host.shell.run(["pvpgen", "console", "-c", "show port stats all"])
        #expect(answer.contains("NIC statistics for port 3"))
        let top = try host.shell.run(["pvpgen", "top", "--once"])
        #expect(top.contains("nic0") && top.contains("nic1"), "\(top)")
    }

    @Test func theGuestsSerialConsoleIsInTheJournal() async throws {
        let host = try await SharedHost.shared.running()
        let log = try host.shell.run(["journalctl", "--boot", "--output=cat", "PVP_GUEST=\(PVPHost.guest)"])
        #expect(log.contains("bridging"), "\(log)")
    }

    @Test func killedTestpmdComesBackUnderTheSameGuest() async throws {
        let host = try await SharedHost.shared.running()
        #expect(try host.cross(100, from: .nic0).isWhole)
        let guest = try host.mainProcess(of: "pvp-guest@\(PVPHost.guest).service")
        let domain = try host.shell.run(["virsh", "domid", PVPHost.guest])
        let testpmd = try host.shell.run(["pidof", "dpdk-testpmd"])
        try host.shell.run(["pkill", "--signal", "KILL", "--exact", "dpdk-testpmd"])
        let seconds = try #require(try host.lab.wires.waitUntilCrossing(within: 20))
        #expect(seconds < 20)
        #expect(try host.cross(200, from: .nic0).isWhole)
        #expect(try host.cross(200, from: .nic1).isWhole)
        #expect(try host.shell.run(["pidof", "dpdk-testpmd"]) != testpmd)
        #expect(try host.mainProcess(of: "pvp-guest@\(PVPHost.guest).service") == guest)
        #expect(try host.shell.run(["virsh", "domid", PVPHost.guest]) == domain)
    }

    @Test func destroyedGuestComesBack() async throws {
        let host = try await SharedHost.shared.running()
        let testpmd = try host.mainProcess(of: "testpmd.service")
        try host.shell.run(["virsh", "destroy", PVPHost.guest])
        #expect(try host.cross(200, from: .nic0).isWhole)
        #expect(try host.cross(200, from: .nic1).isWhole)
        #expect(try host.mainProcess(of: "testpmd.service") == testpmd)
        let log = try host.journal("pvp-guest@\(PVPHost.guest).service")
        #expect(log.contains("guest \(PVPHost.guest)"), "\(log)")
    }

    @Test func socketsLeftFromACrashAreNoObstacle() async throws {
        let host = try await SharedHost.shared.running()
        // Nothing in the unit gets to clean up.
        try host.shell.run(["systemctl", "kill", "--signal=KILL", "--kill-whom=all", "testpmd.service"])
        #expect(try host.cross(200, from: .nic0).isWhole)
        #expect(try host.shell.run(["systemctl", "is-active", "testpmd.service"]).trimmingNewline == "active")
        try host.shell.run(["test", "-S", "/run/pvp/testpmd.sock"])
    }
}
