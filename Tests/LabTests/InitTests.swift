import Lab
import LabTools
import Testing

/// From a Debian with the package to packets, without an editor.
extension SoakTests {
    @Test func initLeadsToARunningHost() async throws {
        for shared in [SharedHost.shared, .oneNode, .twoChains] { await shared.end() }
        let host = try PVPHost(Progress())
        defer { host.end() }
        try host.installPackage(try Project.package())
        try host.provideImage()

        let written = try host.shell.attempt(["pvpgen", "init", "--output=\(PVPHost.configurationFile)"])
        #expect(written.status == 0, "\(written.output)")
        #expect(written.output.contains("the host's network uses it"), "the management NIC is left")
        let again = try host.shell.attempt(["pvpgen", "init", "--output=\(PVPHost.configurationFile)"])
        #expect(again.status == 1 && again.output.contains("already exists"), "\(again.output)")

        try host.pvpgenInstall()
        try host.reboot()
        let started = try host.shell.attempt(["pvpgen", "start"], within: Limit.start)
        #expect(started.status == 0 && started.output.contains("started in "), "\(started.output)")
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }

        // It returns when the NICs are back.
        let stopped = try host.shell.attempt(["pvpgen", "stop"], within: Limit.start)
        #expect(try host.drivers() == ["e1000e", "e1000e"], "\(stopped.output)")
        #expect(stopped.status == 0 && stopped.output.contains("NICs       stopped after "), "\(stopped.output)")
    }
}
