import Foundation
import Lab
import LabTools
import Testing

/// The project as its user meets it, on a machine of QEMU's with an IOMMU, two NICs and a boot
/// loader. One machine for all, so one test at a time, and those of the first boot first.
@Suite(.serialized) struct LabTests {
    @Test func installAndUninstallLeaveNothingBehind() async throws {
        let host = try await SharedHost.shared.installed()
        let before = try host.hashes()
        let first = try host.pvpgenInstall()
        #expect(first.contains("/etc/default/grub.d/60-pvpgen.cfg: written"), "\(first)")
        let installed = try host.hashes()
        #expect(installed != before)
        let second = try host.pvpgenInstall()
        #expect(second.contains("/etc/default/grub.d/60-pvpgen.cfg: unchanged"), "\(second)")
        #expect(try host.hashes() == installed)
        try host.shell.run(["pvpgen", "uninstall"], within: 300)
        #expect(try host.hashes() == before)
    }

    @Test func thePackageIsPurgedWithoutATrace() async throws {
        let host = try await SharedHost.shared.installed()
        // What a purge leaves of what its user made would be left the second time as well.
        try host.pvpgenInstall()
        let configuration = try host.shell.run(["cat", PVPHost.configurationFile])
        try host.shell.run(["dpkg", "--purge", "pvpgen"], within: 300)
        let clean = try host.everything()
        // The kernel has a driver of the name pvpanic.
        let left = clean.filter { $0.contains("pvp") && !$0.contains("pvpanic") && !$0.hasPrefix("/root/") }
        #expect(left.isEmpty)
        try host.shell.run(["dpkg", "--install", PVPHost.package], within: 180)
        try host.configure(configuration)
        try host.pvpgenInstall()
        let removed = try host.shell.run(["dpkg", "--remove", "pvpgen"], within: 300)
        #expect(try host.shell.run(["cat", PVPHost.configurationFile]) == configuration, "\(removed)")
        #expect(try host.shell.attempt(["test", "-e", "/etc/default/grub.d/60-pvpgen.cfg"]).status != 0, "\(removed)")
        try host.shell.run(["dpkg", "--purge", "pvpgen"], within: 300)
        let again = try host.everything()
        #expect(again == clean, "\(again.symmetricDifference(clean))")
        try host.shell.run(["dpkg", "--install", PVPHost.package], within: 180)
        try host.configure(configuration)
        try host.shell.run(["systemctl", "daemon-reload"])
    }

    @Test func withoutAnIOMMUTheNICIsNamed() async throws {
        let host = try await SharedHost.shared.installed()
        let unit = "pvp-vfio@\(host.nics[0]).service"
        try host.expectRefusal(
            of: "the kernel uses no IOMMU", remedy: "run 'pvpgen install' and reboot", unit: unit,
            says: ["\(host.nics[0]): not in an IOMMU group"]
        )
        #expect(try host.drivers() == ["e1000e", "e1000e"])
        try host.stop()
    }

    @Test func afterTheRebootTheKernelHasThePlannedArguments() async throws {
        let host = try await SharedHost.shared.rebooted()
        let arguments = try host.shell.run(["cat", "/proc/cmdline"]).split { $0.isWhitespace }
        for wanted in [
            "default_hugepagesz=1G", "hugepagesz=1G", "hugepages=1:2", "isolcpus=managed_irq,domain,2-3",
            "nohz_full=2-3",
            "intel_iommu=on", "iommu=pt",
        ] {
            #expect(arguments.contains(wanted[...]), "\(arguments)")
        }
        try host.waitForKVM()
        let check = try host.shell.attempt(["pvpgen", "check"])
        #expect(check.status == 0 && check.output.contains("this machine can run it"), "\(check)")
    }

    @Test func everythingIsUp() async throws {
        let host = try await SharedHost.shared.running()
        #expect(try host.shell.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")
        #expect(try host.pages("nr") == [0, 2])
        #expect(try host.pages("free") == [0, 0])
        for nic in host.nics { #expect(try host.number("/sys/bus/pci/devices/\(nic)/numa_node") == 1) }
        #expect(try host.drivers() == ["vfio-pci", "vfio-pci"])
        let log = try host.journal("testpmd.service")
        #expect(
            log.contains("EAL: Detected NUMA nodes: 2") && log.contains("Start automatic packet forwarding"), "\(log)")
        #expect(!log.contains("\u{1b}"))
        let detected = log.components(separatedBy: "EAL: Detected CPU lcores: 4").count - 1
        #expect(detected == 1, "each line is there once: \(log)")
        let guests = try host.shell.run(["virsh", "list", "--name", "--state-running"])
        #expect(guests.split(separator: "\n") == [PVPHost.guest[...]])
        let status = try host.shell.attempt(["pvpgen", "status"])
        #expect(status.status == 0, "\(status.output)")
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
    }

    @Test(arguments: [Wires.End.nic0, .nic1]) func everyFrameCrosses(from end: Wires.End) async throws {
        let host = try await SharedHost.shared.running()
        let crossing = try host.cross(1000, from: end)
        #expect(crossing.isWhole, "\(crossing)")
    }

    @Test func testpmdKeepsOffTheOtherCPUs() async throws {
        let host = try await SharedHost.shared.running()
        let process = try host.shell.run(["pidof", "dpdk-testpmd"]).trimmingNewline
        let lines = try host.shell.run([
            "grep", "-H", "Cpus_allowed_list", "-r", "/proc/\(process)/task", "--include=status",
        ])
        let places = Set(lines.split(separator: "\n").compactMap { $0.split(separator: "\t").last.map(String.init) })
        // Node 1's housekeeping CPU has the main lcore, its second one the forwarding lcore;
        // control threads are on the other housekeeping CPU.
        #expect(places == ["0", "1", "2"], "\(lines)")
    }

    @Test func stopGivesEverythingBackAndStartTakesItAgain() async throws {
        let host = try await SharedHost.shared.running()
        try host.stop()
        #expect(try host.shell.run(["virsh", "list", "--name"]).trimmingNewline == "")
        // libvirt's own word on how the guest ended.
        let guest = try host.shell.run(["tail", "-n", "1", "/var/log/libvirt/qemu/\(PVPHost.guest).log"])
        #expect(guest.contains("reason=shutdown"), "\(guest)")
        #expect(try host.shell.attempt(["pidof", "dpdk-testpmd"]).status == 1)
        #expect(try host.drivers() == ["e1000e", "e1000e"])
        #expect(try host.pages("free") == host.pages("nr"))
        #expect(try host.shell.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")
        try host.start()
        #expect(try host.cross(200, from: .nic0).isWhole)
    }
}

extension PVPHost {
    /// Every file and directory on the root disk but logs and what dpkg keeps for itself, and the
    /// groups.
    func everything() throws -> Set<String> {
        let logs = ["/var/log", "/var/lib/dpkg", "/var/cache", "/var/backups", "/tmp", "/var/tmp"]
        let left = logs.flatMap { ["-path", $0, "-prune", "-o"] }
        let files = try shell.run(["find", "/", "-xdev"] + left + ["-print"], within: 180)
        let units = try shell.run(["ls", "/run/systemd/generator", "/run/systemd/system"])
        return Set((files + units + (try shell.run(["getent", "group"]))).split(separator: "\n").map(String.init))
    }

    /// The hash of each file below /etc and /boot.
    func hashes() throws -> String {
        // grubenv is GRUB's own memory of boots; the rest is what a user or program wrote.
        try shell.run(["find", "/etc", "/boot", "-type", "f", "-exec", "sha256sum", "{}", "+"], within: 180)
            .split(separator: "\n").sorted { $0.dropFirst(64) < $1.dropFirst(64) }.joined(separator: "\n")
    }

    /// Expects that `pvpgen check` reports it with a remedy, and that a start fails with the same
    /// message in the unit's journal.
    func expectRefusal(
        of what: String, remedy: String, unit: String, says: [String], location: SourceLocation = #_sourceLocation
    ) throws {
        let check = try shell.attempt(["pvpgen", "check"])
        #expect(
            check.status != 0 && check.output.contains(what) && check.output.contains(remedy), "\(check)",
            sourceLocation: location)
        let start = try shell.attempt(["systemctl", "start", "pvp.target"], within: Limit.start)
        #expect(start.status != 0, "\(start)", sourceLocation: location)
        let journal = try journal(unit)
        for words in says { #expect(journal.contains(words), "\(unit) says:\n\(journal)", sourceLocation: location) }
    }
}
