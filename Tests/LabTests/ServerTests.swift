import Lab
import LabTools
import Testing

/// A guest from a URL to ssh.
extension LabTests {
    private static let key = "/root/guest-key"
    private static let images = "/var/lib/pvpgen/images"

    /// A `[Guest]` with ssh.
    private static func server(_ name: String, _ image: PVPHost.Published, _ more: String = "") -> String {
        PVPHost.guest(name, image: image.url) + "Network=yes\nImageChecksum=\(image.checksum)\nSSHKey=\(key).pub\n\(more)"
    }

    /// Runs a command in a guest through a port of the host's, as somebody with this key.
    private static func ssh(
        _ host: PVPHost, to address: String = "127.0.0.1", key: String = key, _ command: String
    ) throws -> (status: Int32, output: String) {
        let result = try host.shell.attempt(
            [
                "ssh", "-F", "none", "-p", "2222", "-i", key, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o",
                "ConnectTimeout=60",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "root@\(address)", command,
            ], within: Limit.guest)
        return (result.status, result.output)
    }

    private func clear(_ host: PVPHost, _ configuration: String) throws {
        try host.idle(with: configuration)
        try host.shell.run(["rm", "-rf", Self.images, "/var/lib/pvpgen/guests"])
        for name in [Self.key, Self.key + "-wrong"] where try host.shell.attempt(["test", "-e", name]).status != 0 {
            try host.shell.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name])
        }
    }

    /// From an empty image directory by one start; then all that ssh is to let in and to keep out.
    @Test func oneStartLeadsFromAURLToSSH() async throws {
        let host = try await SharedHost.shared.rebooted()
        let image = try host.publish(.server)
        try clear(host, PVPHost.configuration(guests: Self.server("guest", image, "ReadyWhen=ssh\nStartTimeout=12min\n")))
        try host.start(within: Limit.server)
        let sent = try host.sent()
        #expect(sent == [image.size])
        let answer = try Self.ssh(host, "cat /etc/hostname; ls /etc/ssh/ssh_host_*_key")
        #expect(answer.status == 0 && answer.output == "server\n/etc/ssh/ssh_host_ed25519_key\n", "\(answer)")
        let address = try Self.ssh(host, "ip -4 -brief address show scope global").output
        #expect(address.contains("192.168.200.2/"), "\(address)")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        try sshIsForTheKeyAlone(host)
        try libvirtIsRestarted(host)
        try host.stop()
    }

    private func sshIsForTheKeyAlone(_ host: PVPHost) throws {
        let outside = try Self.ssh(host, to: "10.0.2.15", "true")
        #expect(outside.status == 0, "\(outside)")
        let wrong = try Self.ssh(host, key: Self.key + "-wrong", "true")
        #expect(wrong.status == 255 && wrong.output.contains("Permission denied (publickey"), "\(wrong)")
        let password = try host.shell.attempt([
            "ssh", "-F", "none", "-p", "2222", "-o", "BatchMode=no", "-o", "PubkeyAuthentication=no", "-o", "NumberOfPasswordPrompts=0",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "root@127.0.0.1", "true",
        ])
        #expect(password.status == 255 && password.output.contains("Permission denied"), "\(password)")
        // The host key is known before the first connection.
        let known = try host.shell.attempt(["pvpgen", "ssh", "guest", "--", "cat", "/proc/sys/kernel/hostname"], within: Limit.guest)
        #expect(known.status == 0 && known.output == "server\n", "\(known)")
    }

    private func libvirtIsRestarted(_ host: PVPHost) throws {
        let unit = "pvp-guest@guest.service"
        let before = [try host.shell.run(["pidof", "qemu-system-x86_64"]), try host.mainProcess(of: unit)]
        try host.shell.run(["systemctl", "restart", "libvirtd.service"])
        #expect(try host.shell.run(["systemctl", "is-active", unit]) == "active\n")
        #expect(try Self.ssh(host, "true").status == 0)
        #expect([try host.shell.run(["pidof", "qemu-system-x86_64"]), try host.mainProcess(of: unit)] == before)
    }

    @Test func aBrokenDownloadGoesOn() async throws {
        let host = try await SharedHost.shared.rebooted()
        for percent in [50, 99] {
            let size = try host.publish(.bridge).size
            let image = try host.publish(.bridge, ["--cut-after=\(size * percent / 100)"])
            try clear(host, PVPHost.configuration(guests: Self.server("guest", image)))
            let start = try host.shell.attempt(["systemctl", "start", "pvp.target"], within: Limit.start)
            #expect(start.status != 0, "\(start)")
            let log = try host.journal("pvp-image@guest.service")
            #expect(log.contains("the next start goes on from there"), "\(log)")
            #expect(try host.shell.attempt(["ls", Self.images + "/bridge.qcow2"]).status != 0)
            let sent = try host.sent().reduce(0, +)
            let whole = try host.publish(.bridge)
            try host.configure(PVPHost.configuration(guests: Self.server("guest", whole)))
            try host.start()
            #expect(try host.sent().reduce(sent, +) == size, "only what was missing comes")
            try host.stop()
        }
    }
}
