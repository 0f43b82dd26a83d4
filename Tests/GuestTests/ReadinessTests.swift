import Foundation
import Linux
import TestSupport
import Testing

/// When a guest is ready, on a real testpmd and a real libvirt.
extension EndToEndTests {
    private static let firmware = ["/usr/lib/ipxe/qemu/efi-virtio.rom", "/usr/share/qemu/efi-virtio.rom"]

    @Test("With ReadyWhen=vhost it is ready when a driver in it has the interface; testpmd may come later")
    func driver() throws {
        let socket = libvirt.file("r-0").path
        let tree = try Tree()
        var domain = TinyDomain(name: "driver")
        domain.addVhost([socket])
        // The firmware's driver, which boots from the network.
        domain.boot = "network"
        let telemetry = "\(tree.path)/run/pvp-testpmd/dpdk/testpmd/dpdk_telemetry.v2"
        let guest = try GuestProcess(
            libvirt, ["driver", "--ready-when=vhost", "--vhost=\(telemetry):1"], xml: domain.xml)
        try eventually("QEMU waits") { FileManager.default.fileExists(atPath: socket) }
        let testpmd = try Testpmd(in: tree, devices: ["net_null0", "net_vhost0,iface=\(socket),client=1"])
        try guest.expect("STATUS=running; waits for its driver on the vhost-user interfaces")
        try guest.expect("READY=1", within: 90)
        testpmd.kill()
        try libvirt.virsh("destroy", "driver")
        #expect(try guest.exit() == 1)
    }

    @Test("without a driver the timeout is reported with the last status, and systemd does not try again")
    func noDriver() throws {
        let socket = libvirt.file("n-0").path
        let tree = try Tree()
        var domain = TinyDomain(name: "nodriver")
        domain.addVhost([socket])
        // Boots from a disk, or the firmware would boot from the network.
        domain.addDisk(try libvirt.disk(BootSector.obeys), format: "raw")
        let telemetry = "\(tree.path)/run/pvp-testpmd/dpdk/testpmd/dpdk_telemetry.v2"
        let options = ["--ready-when=vhost", "--start-timeout=20", "--vhost=\(telemetry):1"]
        let guest = try GuestProcess(libvirt, ["nodriver"] + options, xml: domain.xml)
        try eventually("QEMU waits") { FileManager.default.fileExists(atPath: socket) }
        let testpmd = try Testpmd(in: tree, devices: ["net_null0", "net_vhost0,iface=\(socket),client=1"])
        #expect(try guest.exit(within: 60) == 3)
        let line =
            "not ready within 20 s: ReadyWhen=vhost waits for its driver on the vhost-user interfaces, "
            + "seen: port 1 of the testpmd at"
        #expect(guest.output.hasPrefix("pvp-guest: guest nodriver: \(line) \(telemetry) has no link; "))
        #expect(guest.output.filter { $0 == "\n" }.count == 1)
        #expect(try libvirt.state("nodriver") == nil)
        testpmd.kill()
    }

    @Test("With ReadyWhen=ssh it is ready when an SSH server answers, and one that is slow is given its time")
    func sshServer() throws {
        // The whole of 127.0.0.0/8 is this machine.
        let address = "127.77.\(getpid() % 250).\(getpid() / 250 % 250 + 1)"
        let guest = try GuestProcess(
            libvirt, ["sshd", "--ready-when=ssh", "--ssh=\(address)"], xml: TinyDomain(name: "sshd").xml)
        try guest.expect("STATUS=running; waits for its SSH server")
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/socat")
        server.arguments = [
            "TCP-LISTEN:22,bind=\(address),reuseaddr,fork", "SYSTEM:sleep 3; printf 'SSH-2.0-test\\r\\n'",
        ]
        try server.run()
        try guest.expect("READY=1")
        // Not SIGTERM, which is blocked in what is started from a thread of Swift's pool.
        kill(server.processIdentifier, SIGKILL)
        try libvirt.virsh("destroy", "sshd")
        #expect(try guest.exit() == 1)
    }
}
