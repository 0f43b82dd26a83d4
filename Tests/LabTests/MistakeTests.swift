import Lab
import LabTools
import Testing

extension LabTests {
    @Test func misspeltKeyIsNamed() async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration + "Imgae=/nowhere\n")
        try host.expectRefusal(
            of: "Imgae", remedy: "Image", unit: "pvp-config-error.service", says: ["pvp.conf:", "Imgae"])
        try host.stop()
    }

    @Test func missingNICIsNamed() async throws {
        let host = try await SharedHost.shared.rebooted()
        let absent = "0000:00:1e.0"
        try host.idle(with: PVPHost.configuration(nics: [host.nics[0], absent]))
        try host.expectRefusal(of: absent, remedy: "lspci", unit: "*", says: [absent])
        try host.stop()
        #expect(try host.drivers() == ["e1000e", "e1000e"])
    }

    @Test func tooFewHugepagesAreCounted() async throws {
        let host = try await SharedHost.shared.rebooted()
        // The node has 5.5 GiB, but not five whole pages: the kernel's tables are in one of them.
        try host.idle(with: PVPHost.configuration + "[Hugepages]\nPages=5\n")
        let before = try host.pages("nr")
        try host.expectRefusal(
            of: "5 pages of 1G are planned", remedy: "pvpgen install", unit: "pvp-hugepages@1.service",
            says: ["node 1", "5"])
        try host.stop()
        #expect(try host.pages("nr") == before)
    }

    @Test func missingImageIsNamed() async throws {
        let host = try await SharedHost.shared.rebooted()
        let absent = "/var/lib/libvirt/images/absent.qcow2"
        try host.idle(with: PVPHost.configuration(guests: PVPHost.guest(image: absent)))
        try host.expectRefusal(of: absent, remedy: "Image=", unit: "pvp-image@\(PVPHost.guest).service", says: [absent])
        try host.stop()
        #expect(try host.shell.run(["virsh", "list", "--all", "--name"]).trimmingNewline == "")
    }

    @Test func imageThatQEMUMayNotReadIsNamed() async throws {
        let host = try await SharedHost.shared.rebooted()
        let closed = "/root/guest.qcow2"
        try host.shell.run(["cp", PVPHost.image, closed])
        try host.idle(with: PVPHost.configuration(guests: PVPHost.guest(image: closed)))
        // A disk that an earlier guest left would be used as it is.
        _ = try host.shell.attempt(["pvpgen", "guest", "reset", PVPHost.guest])
        try host.expectRefusal(
            of: closed, remedy: "/var/lib/libvirt/images", unit: "pvp-guest@\(PVPHost.guest).service", says: [closed])
        try host.stop()
        try host.shell.run(["pvpgen", "guest", "reset", PVPHost.guest])
        #expect(try host.shell.run(["virsh", "list", "--all", "--name"]).trimmingNewline == "")
    }

    @Test func withoutLibvirtTheGuestSaysSo() async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration)
        let units = ["libvirtd.service", "libvirtd.socket", "libvirtd-ro.socket", "libvirtd-admin.socket"]
        try host.shell.run(["systemctl", "mask", "--runtime", "--now"] + units)
        try host.expectRefusal(
            of: "libvirt is not running", remedy: "systemctl start libvirtd",
            unit: "pvp-guest@\(PVPHost.guest).service",
            says: ["cannot reach libvirt", "systemctl start libvirtd"])
        try host.stop()
        try host.shell.run(["systemctl", "unmask", "--runtime"] + units)
        try host.shell.run(["systemctl", "start", "libvirtd.socket", "libvirtd.service"])
        // And all is well again.
        try host.start()
        #expect(try host.cross(200, from: .nic0).isWhole)
    }
}
