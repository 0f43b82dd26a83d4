import Lab
import LabTools
import Testing

extension LabTests {
    /// Against a systemd that runs: a file that is edited, a daemon-reload, and what was started
    /// before.
    @Test func diffReportsOutdatedUnits() async throws {
        let host = try await SharedHost.shared.running()
        let same = try host.shell.attempt(["pvpgen", "diff"])
        #expect(same.status == 0, "\(same)")
        let guest = PVPHost.guest(image: PVPHost.image) + "RingSize=512\n"
        try host.configure(
            PVPHost.configuration(guests: guest).replacing("[Testpmd]\n", with: "[Testpmd]\nForwardMode=mac\n"))
        let outdated = try host.shell.attempt(["pvpgen", "diff"]).output
        for words in ["outdated", "systemctl daemon-reload", "--forward-mode=mac"] {
            #expect(outdated.contains(words), "\(outdated)")
        }
        try host.shell.run(["systemctl", "daemon-reload"])
        let stale = try host.shell.attempt(["pvpgen", "diff"])
        #expect(stale.status == 1, "\(stale)")
        for unit in ["testpmd.service", "pvp-guest@\(PVPHost.guest).service"] {
            #expect(stale.output.contains("systemctl restart \(unit)"), "\(stale)")
        }
        try host.configure(PVPHost.configuration)
        try host.shell.run(["systemctl", "daemon-reload"])
        #expect(try host.shell.attempt(["pvpgen", "diff"]).status == 0)
    }

    /// A guest of another name, and a testpmd that knows it.
    @Test func applyBringsWhatRunsToTheConfiguration() async throws {
        let host = try await SharedHost.shared.running()
        try host.configure(PVPHost.configuration(guests: PVPHost.guest("other", image: PVPHost.image)))
        let applied = try host.shell.attempt(["pvpgen", "apply"], within: Limit.start)
        #expect(applied.status == 0, "\(applied)")
        for words in [
            "pvp-guest@\(PVPHost.guest).service: orphan, to be stopped", "testpmd.service: outdated, to be restarted",
        ] {
            #expect(applied.output.contains(words), "\(applied)")
        }
        #expect(try host.shell.run(["virsh", "list", "--name"]).split(separator: "\n") == ["other"])
        #expect(try host.shell.attempt(["pvpgen", "diff"]).status == 0)
        #expect(try host.cross(200, from: .nic0).isWhole)
        try host.stop()
        try host.shell.run(["pvpgen", "guest", "reset", "other"])
    }
}
