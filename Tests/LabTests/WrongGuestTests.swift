import Lab
import LabTools
import Testing

extension SoakTests {
    /// At a boot, which no user can answer, of a machine with one NUMA node.
    @Test func aWrongGuestAmongThreeLeavesTheOthersUp() async throws {
        let host = try await SharedHost.oneNode.installed()
        let names = ["one", "two", "three"]
        let guests = names.map { PVPHost.guest($0, image: "/var/lib/libvirt/images/\($0).qcow2") }
        for name in names { try host.shell.run(["cp", PVPHost.image, "/var/lib/libvirt/images/\(name).qcow2"]) }
        try host.configure(PVPHost.configuration(nics: host.nics, guests: guests[0] + guests[2]))
        try host.pvpgenInstall()
        let mistaken = PVPHost.configuration(
            nics: host.nics, guests: guests[0] + guests[1] + "Imgae=/nowhere\n" + guests[2])
        try host.configure(mistaken + "[Host]\nAutostart=yes\n")
        try host.reboot()
        let arguments = try host.shell.run(["cat", "/proc/cmdline"]).split { $0.isWhitespace }
        for wanted in ["hugepages=3", "isolcpus=managed_irq,domain,1-3"] {
            #expect(arguments.contains(wanted[...]), "\(arguments)")
        }

        let good = ["testpmd.service", "pvp-guest@one.service", "pvp-guest@three.service"]
        let states = try host.shell.attempt(["systemctl", "is-active"] + good).output
        let log = try host.journal("pvp*", "testpmd*")
        #expect(states == "active\nactive\nactive\n", "\(states)\n\(log)")
        let running = try host.shell.run(["virsh", "list", "--name", "--state-running"])
        #expect(running.split(separator: "\n").sorted() == ["one", "three"])
        // nic0 to the first guest, on to the third, and out of nic1.
        #expect(try host.cross(200, from: .nic0).isWhole)

        let start = try host.shell.attempt(["systemctl", "start", "pvp.target"], within: Limit.start)
        #expect(start.status != 0, "\(start)")
        let reasons = try host.journal("pvp-ready.service", "pvp-config-error.service")
        for words in ["pvp-config-error.service", "\(PVPHost.configurationFile):", "[Guest]", "Imgae"] {
            #expect(reasons.contains(words), "\(reasons)")
        }
        let status = try host.shell.attempt(["pvpgen", "status"])
        #expect(status.status == 3 && status.output.contains("Imgae"), "\(status)")
        await SharedHost.oneNode.end()
    }
}
