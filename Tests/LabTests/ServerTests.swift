import Lab
import LabTools
import Testing

/// Guests from a URL to ssh.
extension LabTests {
    /// From an empty image directory by one start; then all that ssh is to let in and to keep out.
    @Test func oneStartLeadsFromAURLToSSH() async throws {
        let host = try await SharedHost.shared.rebooted()
        let image = try host.publish(.server)
        try host.clear(
            PVPHost.configuration(guests: PVPHost.server("guest", image, "ReadyWhen=ssh\nStartTimeout=12min\n")))
        try host.start(within: Limit.server)
        let sent = try host.sent()
        #expect(sent == [image.size])
        let answer = try host.ssh("cat /etc/hostname; ls /etc/ssh/ssh_host_*_key")
        #expect(answer.status == 0 && answer.output == "server\n/etc/ssh/ssh_host_ed25519_key\n", "\(answer)")
        let address = try host.ssh("ip -4 -brief address show scope global").output
        #expect(address.contains("192.168.200.2/"), "\(address)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try sshIsForTheKeyAlone(host)
        try libvirtIsRestarted(host)
        try host.stop()
    }

    private func sshIsForTheKeyAlone(_ host: PVPHost) throws {
        let outside = try host.ssh(to: "10.0.2.15", "true")
        #expect(outside.status == 0, "\(outside)")
        let wrong = try host.ssh(key: PVPHost.key + "-wrong", "true")
        #expect(wrong.status == 255 && wrong.output.contains("Permission denied (publickey"), "\(wrong)")
        let password = try host.shell.attempt([
            "ssh", "-F", "none", "-p", "2222", "-o", "BatchMode=no", "-o", "PubkeyAuthentication=no", "-o",
            "NumberOfPasswordPrompts=0",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "root@127.0.0.1", "true",
        ])
        #expect(password.status == 255 && password.output.contains("Permission denied"), "\(password)")
        // The host key is known before the first connection.
        let known = try host.shell.attempt(
            ["pvpgen", "ssh", "guest", "--", "cat", "/proc/sys/kernel/hostname"], within: Limit.guest)
        #expect(known.status == 0 && known.output == "server\n", "\(known)")
    }

    private func libvirtIsRestarted(_ host: PVPHost) throws {
        let unit = "pvp-guest@guest.service"
        let before = [try host.shell.run(["pidof", "qemu-system-x86_64"]), try host.mainProcess(of: unit)]
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
        #expect(try host.shell.run(["systemctl", "is-active", unit]) == "active\n")
        #expect(try host.ssh("true").status == 0)
        #expect([try host.shell.run(["pidof", "qemu-system-x86_64"]), try host.mainProcess(of: unit)] == before)
    }

    @Test func aBrokenDownloadGoesOn() async throws {
        let host = try await SharedHost.shared.rebooted()
        for percent in [50, 99] {
            let size = try host.publish(.bridge).size
            let image = try host.publish(.bridge, ["--cut-after=\(size * percent / 100)"])
            try host.clear(PVPHost.configuration(guests: PVPHost.server("guest", image)))
            let start = try host.shell.attempt(["systemctl", "start", "pvp.target"], within: Limit.start)
            #expect(start.status != 0, "\(start)")
            let log = try host.journal("pvp-image@guest.service")
            #expect(log.contains("the next start continues the download"), "\(log)")
            #expect(try host.shell.attempt(["ls", PVPHost.downloads + "/bridge.qcow2"]).status != 0)
            let sent = try host.sent().reduce(0, +)
            let whole = try host.publish(.bridge)
            try host.configure(PVPHost.configuration(guests: PVPHost.server("guest", whole)))
            try host.start()
            #expect(try host.sent().reduce(sent, +) == size, "only what was missing comes")
            try host.stop()
        }
    }

    @Test func whatIsNotTheImageIsRefused() async throws {
        let host = try await SharedHost.shared.rebooted()
        let image = try host.publish(.bridge)
        var wrong = image
        wrong.checksum = "sha256:" + String(repeating: "0", count: 64)
        try host.clear(PVPHost.configuration(guests: PVPHost.server("guest", wrong)))
        try expectFailure(host, says: "checksum")
        #expect(try host.shell.attempt(["ls", PVPHost.downloads + "/bridge.qcow2"]).status != 0)

        // A disk that is too small for the image by a MiB.
        try host.shell.run(["mkdir", "-p", PVPHost.downloads])
        try host.shell.run(["mount", "-t", "tmpfs", "-o", "size=\(image.size - 1 << 20)", "images", PVPHost.downloads])
        try host.configure(PVPHost.configuration(guests: PVPHost.server("guest", image)))
        try expectFailure(host, says: "no space left in")
        let sent = try host.sent().reduce(0, +)
        try host.shell.run(["mount", "-o", "remount,size=1G", PVPHost.downloads])
        try host.start()
        #expect(try host.sent().reduce(0, +) - sent <= 2 << 20, "only what was missing comes")
        #expect(try host.cross(200, from: .nic0).isWhole)
        try host.stop()
        try host.shell.run(["umount", PVPHost.downloads])
    }

    private func expectFailure(_ host: PVPHost, says words: String) throws {
        try host.shell.run(["systemctl", "daemon-reload"])
        let start = try host.shell.attempt(["systemctl", "start", "pvp.target"], within: Limit.start)
        let log = try host.journal("pvp-image@guest.service")
        #expect(start.status != 0 && log.contains(words), "\(log)")
        try host.shell.run(["systemctl", "stop", "pvp.target"], within: Limit.start)
        try host.waitForJobs()
        try host.shell.run(["systemctl", "reset-failed"])
    }
}
