import TestSupport
import Testing

@Suite struct ApplyTests {
    @Test func inATreeItShowsWhatToDoAndWhatWaits() throws {
        let tree = try InstallTests.machine()
        let fresh = try InstallTests.pvpgen("apply", tree)
        #expect(
            fresh.status == 3 && fresh.output.hasPrefix("to be run in \(tree.path): systemctl daemon-reload\n"),
            "\(fresh)")
        #expect(fresh.output.contains("isolcpus=managed_irq,domain,1-7: missing\n"))
        #expect(fresh.output.hasSuffix("next: pvpgen install, then systemctl reboot\n"))
        _ = try InstallTests.pvpgen("install", tree)
        let installed = try InstallTests.pvpgen("apply", tree)
        #expect(
            installed.status == 3 && installed.output.hasSuffix("iommu=pt: not booted yet\nnext: systemctl reboot\n"),
            "\(installed)")
    }

    @Test func whereAllIsInEffect() throws {
        let tree = try CheckTests.sound()
        _ = try Program(name: "pvpgen").run([
            "generate", "--output=\(tree.path)/run/systemd/generator", "--root=\(tree.path)",
        ])
        let result = try InstallTests.pvpgen("apply", tree)
        #expect(result.status == 0 && result.output == "what runs is what the configuration says\n", "\(result)")
    }

    @Test func whyAnArgumentIsNotThere() throws {
        let tree = try CheckTests.sound()
        let all = try tree.text("/proc/cmdline")
        try tree.write("/proc/sys/kernel/random/boot_id", "one\n")
        try tree.write("/proc/cmdline", all.replacing("isolcpus=managed_irq,domain,1-7", with: "isolcpus=2-3"))
        #expect(
            try InstallTests.pvpgen("check", tree).error.contains(
                "warning: this kernel was booted without isolcpus=managed_irq,domain,1-7, with isolcpus=2-3 in their "
                    + "place\n  run 'pvpgen install' and reboot\n"
            ))
        #expect(
            try InstallTests.pvpgen("install", tree).output.contains(
                "\nisolcpus=managed_irq,domain,1-7  not booted yet; this kernel was booted with isolcpus=2-3\n"))
        #expect(
            try InstallTests.pvpgen("check", tree).error.contains(
                "\n  reboot: 'pvpgen install' has configured the boot loader\n"))
        try tree.write("/proc/sys/kernel/random/boot_id", "two\n")
        #expect(
            try InstallTests.pvpgen("check", tree).error.contains(
                "another boot loader or another entry started this kernel"))
        try tree.write("/proc/cmdline", all)
        #expect(try !InstallTests.pvpgen("check", tree).error.contains("booted without"))
    }
}
