import Lab
import LabTools
import Testing

/// What the lab has switched off elsewhere, because each guest's profile is loaded ten times, 6 s each.
extension SoakTests {
    @Test func aGuestIsConfinedByAppArmor() async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration)
        try host.shell.run(["systemctl", "unmask", "apparmor.service"])
        try host.shell.run(["systemctl", "start", "apparmor.service"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
        try host.start()
        let process = try host.shell.run(["pidof", "qemu-system-x86_64"]).trimmingNewline
        let profile = try host.shell.run(["cat", "/proc/\(process)/attr/current"])
        #expect(profile.hasPrefix("libvirt-") && profile.contains("(enforce)"), "\(profile)")
        #expect(try host.cross(200, from: .nic0).isWhole)
        try host.stop()
        try host.shell.run(["systemctl", "mask", "apparmor.service"])
        try host.shell.run(["aa-teardown"], within: Limit.start)
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
    }
}
