import Lab
import LabTools
import Testing

/// Installation and its end through real reboots. First of the soak: the first of them begins in a
/// kernel that knows nothing of the project.
extension SoakTests {
    @Test func afterUninstallTheMachineIsAsOnTheDayBefore() async throws {
        let host = try await SharedHost.shared.installed()
        // The day before, no configuration existed.
        try host.shell.run(["rm", PVPHost.configurationFile])
        try host.shell.run(["systemctl", "daemon-reload"])
        let before = try HostState(host.shell)
        try host.configure(PVPHost.configuration)
        try host.pvpgenInstall()
        try host.reboot()
        try expectThePlan(on: host)
        try host.shell.run(["pvpgen", "uninstall", "--purge"], within: 300)
        try host.reboot()
        let changes = try HostState(host.shell).changes(since: before)
        #expect(changes.isEmpty, "\(changes.joined(separator: "\n"))")
        #expect(before.lines.count > 1000)
        try host.configure(PVPHost.configuration)
    }

    @Test func aNewKernelHasTheArguments() async throws {
        let host = try await SharedHost.shared.installed()
        try host.pvpgenInstall()
        let release = try host.upgradeKernel()
        try host.reboot()
        #expect(try host.shell.run(["uname", "--kernel-release"]).trimmingNewline == release)
        try expectThePlan(on: host)
        try host.shell.run(["pvpgen", "uninstall"], within: 300)
        #expect(try host.shell.attempt(["grep", "isolcpus", "/boot/grub/grub.cfg"]).status == 1)
    }

    /// Killed when the boot loader's own file has just been written, while its configuration is
    /// being written, and afterwards.
    @Test(arguments: [
        "test -e /etc/default/grub.d/60-pvpgen.cfg", "test -e /boot/grub/grub.cfg.new",
        "grep -q isolcpus /boot/grub/grub.cfg",
    ])
    func aKilledInstallationBoots(when moment: String) async throws {
        let host = try await SharedHost.shared.installed()
        let before = try host.hashes()
        let kill =
            "pvpgen install >/dev/null 2>&1 & until \(moment) || grep -q isolcpus /boot/grub/grub.cfg; do :; done; "
            + "kill -9 $!"
        try host.shell.run(["sh", "-c", kill], within: 300)
        try host.reboot()
        try host.shell.run(["grub-script-check", "/boot/grub/grub.cfg"])
        try host.pvpgenInstall()
        #expect(try host.shell.run(["grep", "--count", "isolcpus", "/boot/grub/grub.cfg"]) != "0\n")
        try host.shell.run(["pvpgen", "uninstall"], within: 300)
        #expect(try host.hashes() == before)
    }

    /// All arguments are in effect, all units start, and nothing deviates.
    private func expectThePlan(on host: PVPHost) throws {
        try host.start()
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        let arguments = try host.shell.run(["cat", "/proc/cmdline"]).split { $0.isWhitespace }
        for wanted in ["hugepages=1:2", "isolcpus=managed_irq,domain,2-3", "intel_iommu=on"] {
            #expect(arguments.contains(wanted[...]), "\(arguments)")
        }
        try host.stop()
    }
}
