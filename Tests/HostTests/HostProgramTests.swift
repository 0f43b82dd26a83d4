import Foundation
import Linux
import TestSupport
import Testing
import Tuning

/// `pvp-host` as a unit runs it.
@Suite struct HostProgramTests {
    let program = Program(name: "pvp-host")

    private func unit(
        _ id: String, _ active: String, _ sub: String, result: String = "success", load: String = "loaded"
    ) -> String {
        "Result=\(result)\nId=\(id)\nLoadState=\(load)\nActiveState=\(active)\nSubState=\(sub)\n\n"
    }

    private func ready(_ systemd: FakeSystemd, _ units: String...) throws -> Program.Result {
        try Program(name: "pvp-host", environment: systemd.environment).run(["ready"] + units)
    }

    @Test func allReady() throws {
        let systemd = try FakeSystemd(
            unit("testpmd.service", "active", "running") + unit("pvp-guest@a.service", "active", "running"))
        let result = try ready(systemd, "testpmd.service", "pvp-guest@a.service")
        #expect(result.status == 0 && result.error == "")
        #expect(systemd.calls == ["GetAll testpmd.service", "GetAll pvp-guest@a.service"])
    }

    @Test func notReady() throws {
        let systemd = try FakeSystemd(
            unit("testpmd.service", "failed", "failed", result: "exit-code") + unit("a.service", "activating", "start")
                + unit("b.service", "active", "exited"))
        let result = try ready(systemd, "testpmd.service", "a.service", "b.service", "c.service")
        #expect(result.status == 1)
        #expect(
            result.error == """
                pvp-host: testpmd.service is failed (exit-code); journalctl -u testpmd.service
                pvp-host: a.service is activating (start); journalctl -u a.service
                pvp-host: c.service is not-found; run 'systemctl daemon-reload', then 'systemctl status c.service'

                """)
    }

    @Test func withoutSystemd() throws {
        let result = try Program(name: "pvp-host", environment: FakeSystemd.nowhere).run(["ready", "testpmd.service"])
        #expect(result.status == 1)
        #expect(
            result.error
                == "pvp-host: system bus: cannot reach systemd: No such file or directory; "
                + "run 'systemctl is-system-running' to see whether systemd runs\n"
        )
    }

    @Test("A missing libsystemd is an error of the verbs that call systemd alone", .enabled(if: CurrentProcess.isRoot))
    func withoutLibrary() throws {
        let script = """
            for file in $(ldconfig -p | sed -n 's/.*libsystemd[.]so[.]0 .* => //p'); do
                mount --bind /dev/null "$file"
            done
            exec "$@"
            """
        func run(_ arguments: String...) throws -> Command.Result {
            try Command(
                ["unshare", "--mount", "--propagation", "private", "bash", "-euc", script, "bash"]
                    + [Program.path("pvp-host")] + arguments
            ).run()
        }
        let ready = try run("ready", "testpmd.service")
        #expect(ready.status == 1)
        #expect(
            ready.output.hasPrefix("pvp-host: cannot load a library: libsystemd.so.0: ")
                || ready.output.hasPrefix("pvp-host: cannot load a library: /"), "\(ready.output)")
        #expect(ready.output.hasSuffix("; install the package that provides the library\n"), "\(ready.output)")
        #expect(try run("--help").status == 0)
    }

    @Test func configError() throws {
        let lines = "pvp.conf:12:1: unknown key `Imgae`; did you mean Image=?\npvp.conf:14:1: no such section\n"
        let result = try program.run(["config-error"], input: lines)
        #expect(result.status == 78)
        #expect(result.error == lines)
        #expect(result.output == "")
        let logged = try program.run(["config-error"], input: lines, journal: true)
        #expect(logged.status == 78)
        #expect(
            logged.error
                == "<3>pvp.conf:12:1: unknown key `Imgae`; did you mean Image=?\n<3>pvp.conf:14:1: no such section\n")
    }

    @Test func problemInTheJournal() throws {
        let tree = try Tree()
        let result = try program.run(["bind-vfio", "0000:00:13.0", "--root=\(tree.path)"], journal: true)
        #expect(result.status == 1)
        #expect(
            result.error
                == "<3>pvp-host: NIC 0000:00:13.0: PCI device not found; correct PCIAddress= in [NIC]; "
                + "'lspci -D' lists the devices\n"
        )
    }

    @Test func bindingWithoutAKernelFails() throws {
        let pci = try PCITree()
        try pci.files.write("/sys/bus/pci/drivers/e1000e/unbind", "")
        let result = try program.run(["bind-vfio", PCITree.nic, "--root=\(try pci.files.path)"])
        #expect(result.status == 1)
        #expect(
            result.error
                == "pvp-host: NIC 0000:00:03.0: expected driver vfio-pci, driver is still e1000e; "
                + "read 'journalctl -k' for the reason\n"
        )
    }

    @Test func pagesWithoutAKernelFail() throws {
        let directory = "/sys/devices/system/node/node0/hugepages/hugepages-1048576kB"
        let tree = try Tree(["\(directory)/nr_hugepages": "0\n", "\(directory)/free_hugepages": "3\n"])
        let options = ["--node=0", "--size=1G", "--root=\(tree.path)"]
        let short = try program.run(["reserve-hugepages", "--pages=5"] + options)
        #expect(short.status == 1)
        #expect(
            short.error
                == "pvp-host: node 0: expected 5 pages of 1G, got 3; run 'pvpgen install' and reboot to reserve pages "
                + "at boot, or lower Pages= in [Hugepages]\n"
        )
        let enough = try program.run(["reserve-hugepages", "--pages=3"] + options)
        #expect(enough.status == 0)
        #expect(enough.output == "node 0, pages of 1G: 3 free, none had to be added\n")
        #expect(try program.run(["release-hugepages"] + options).status == 0)
    }

    @Test func unbindOfWhatIsGone() throws {
        let tree = try Tree()
        let result = try program.run(["unbind-vfio", PCITree.nic, "--root=\(tree.path)"])
        #expect(result.status == 0)
        #expect(result.output == "NIC 0000:00:03.0: no such PCI device any more\n")
    }

    /// On files: what it says, where, and that it is as before afterwards.
    @Test func tunesAndPutsBack() throws {
        let tree = try Tree(["/proc/sys/kernel/nmi_watchdog": "1\n", "/sys/kernel/mm/ksm/run": "0\n"])
        let options = ["--isolated=2-3", "--housekeeping=0-1", "--root=\(tree.path)"]
        let tuned = try program.run(["tune", "nmi-watchdog", "ksm", "turbo"] + options)
        #expect(tuned.status == 0 && tuned.error == "")
        #expect(
            tuned.output
                == "nmi-watchdog: /proc/sys/kernel/nmi_watchdog was 1, is 0\nksm: is so already\n"
                + "turbo: not available on this machine\n"
        )
        #expect(try tree.text("/proc/sys/kernel/nmi_watchdog") == "0")
        #expect(try program.run(["untune", "--root=\(tree.path)"]).output == "1 value restored\n")
        #expect(try tree.text("/proc/sys/kernel/nmi_watchdog") == "1" && tree.state.isEmpty)
    }

    /// As its unit runs it: it is ready when all is done, holds the latency, and leaves putting
    /// back to another call.
    @Test func staysUntilASignalEndsIt() throws {
        let tree = try Tree(["/dev/cpu_dma_latency": "", "/sys/kernel/mm/ksm/run": "1\n"])
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try Program.path("pvp-host"))
        process.arguments = [
            "tune", "--stay", "--isolated=2-3", "--housekeeping=0-1", "--wakeup-latency=5", "ksm",
            "--root=\(tree.path)",
        ]
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains("microseconds\n") {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty, "\(text)")
            text += String(decoding: data, as: UTF8.self)
        }
        #expect(text == "ksm: /sys/kernel/mm/ksm/run was 1, is 0\nwakeup-latency: at most 5 microseconds\n")
        #expect(try tree.root.bytes("/dev/cpu_dma_latency") == [5, 0, 0, 0])
        #expect(process.isRunning)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        #expect(try tree.text("/sys/kernel/mm/ksm/run") == "0" && tree.state == ["tuning"])
    }

    @Test(arguments: [
        [], ["bnid-vfio"], ["untune", "--stay"], ["reserve-hugepages", "--node=0", "--size=1G", "--pages=0"],
    ])
    func wrongUsage(_ arguments: [String]) throws {
        let result = try program.run(arguments)
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("pvp-host: "))
        #expect(result.error.hasSuffix("; run 'pvp-host --help'\n"))
        #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test func help() throws {
        let result = try program.run(["--help"])
        #expect(result.status == 0)
        for verb in [
            "reserve-hugepages", "release-hugepages", "create-vfs", "remove-vfs", "bind-vfio", "unbind-vfio", "tune",
            "untune",
            "move-threads",
            "config-error", "ready",
        ] {
            #expect(result.output.contains("  \(verb) "))
        }
        let words = result.output.split { " ,\n".contains($0) }
        for item in TuningItem.allCases { #expect(words.contains(item.name[...]), "\(item.name)") }
    }
}
