import Lab
import LabTools
import Testing

/// The other end: pvpgen in a guest, with a testpmd on the guest's interfaces.
extension SoakTests {
    /// What `make install` puts on a machine, as far as a guest needs it.
    private static let installed = [
        "usr/bin/pvpgen", "usr/lib/pvpgen", "usr/lib/systemd/system", "usr/lib/systemd/system-generators/pvp-generator",
        "usr/lib/udev/rules.d/60-pvpgen.rules", "usr/lib/tmpfiles.d/pvpgen.conf", "usr/lib/sysusers.d/pvpgen.conf",
    ]

    @Test func aTestpmdInTheGuestSendsBackWhatComesIn() async throws {
        let host = try await SharedHost.oneNode.rebooted()
        let image = try host.publish(.server)
        // Debian's kernel has no VFIO without an IOMMU.
        let more = "Memory=2G\nGuestTestpmd=yes\nIOMMU=yes\nReadyWhen=ssh\nStartTimeout=7min\n"
        try host.clear(PVPHost.configuration(nics: host.nics, guests: PVPHost.server("guest", image, vCPUs: 2, more)))
        // Under TCG a guest with an IOMMU may stand still at boot: KVM loses a timer of its first
        // CPU.
        if (try? host.start(within: Limit.server)) == nil { try host.start(within: Limit.server) }
        try putInto(host)
        // It comes up by itself, with the configuration of the host.
        _ = try host.ssh("systemctl reboot")
        try await waitForTestpmd(host)
        let status = try host.ssh("pvpgen status")
        #expect(status.status == 0, "\(status)")
        let log = try host.ssh("journalctl --boot --output=cat --unit=testpmd").output
        #expect(log.contains("macswap packet forwarding"), "\(log)")
        let drivers = try host.ssh("readlink /sys/bus/pci/devices/0000:0[12]:00.0/driver").output.split(separator: "\n")
        #expect(drivers.count == 2 && drivers.allSatisfy { $0.hasSuffix("/vfio-pci") }, "\(drivers)")
        for end in [Wires.End.nic0, .nic1] {
            // Behind an IOMMU a frame is lost whenever a buffer's page is touched for the first
            // time.
            var crossing = try host.cross(1000, from: end)
            for _ in 0..<20 where !crossing.isWhole { crossing = try host.cross(1000, from: end) }
            #expect(crossing.isWhole && crossing.swapped == 1000, "\(crossing)")
        }
        let asked = try host.ssh("pvpgen console testpmd -c 'show port summary all'")
        #expect(asked.status == 0 && asked.output.contains("net_virtio"), "\(asked)")
        try host.stop()
    }

    private func putInto(_ host: PVPHost) throws {
        let files = Self.installed.map {
            $0 == "usr/lib/systemd/system" ? "$(cd / && ls -d usr/lib/systemd/system/pvp*)" : $0
        }
        let copy =
            "tar --create --directory=/ \(files.joined(separator: " ")) | pvpgen ssh guest -- tar --extract "
            + "--directory=/"
        try host.shell.run(["sh", "-c", copy], within: Limit.server)
    }

    /// Seldom, as each question costs the guest seconds.
    private func waitForTestpmd(_ host: PVPHost) async throws {
        let deadline = Deadline(seconds: Limit.server)
        while !deadline.isOver {
            let answer = try host.ssh("systemctl is-active testpmd.service pvp.target").output
            if answer == "active\nactive\n" { return }
            try await Task.sleep(for: .seconds(20))
        }
        throw LabFailure("no testpmd in the guest", log: try host.ssh("journalctl --boot --no-pager --lines=60").output)
    }
}
